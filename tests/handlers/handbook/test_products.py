"""Products are found however people write them, and never mixed up with each other."""

from pathlib import Path

import pytest

from handlers.handbook import HandbookReader, How, Products

NAMES = (
    "OS2iot OS2valghalla OS2kitos OS2rollekatalog OS2ai OS2aiheatcontrol OS2skole OS2skoledata OS2skadesøkonomi"
    " OS2fleetoptimiser OS2udoglær OS2planCO2 OS2display OS2forms OS2borgerPC OS2mo OS2sync OS2nectar"
)


@pytest.fixture(scope="module")
def products() -> Products:
    return Products(NAMES.split())


def found(products: Products, text: str) -> list[str]:
    return [name for mention in products.find(text) for name in mention.names]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("møde om iot", "OS2iot"),
        ("OS2 valg halla til efteråret", "OS2valghalla"),
        ("OS2iot's kanaler", "OS2iot"),
        ("kitos", "OS2kitos"),
        ("ret til rollekataloget", "OS2rollekatalog"),
        ("fleet optimiser", "OS2fleetoptimiser"),
        ("ud og lær", "OS2udoglær"),
        ("ud- og laer", "OS2udoglær"),
        ("plan co2 driller", "OS2planCO2"),
        ("os2borgerpc", "OS2borgerPC"),
        ("borgerPC'erne på biblioteket", "OS2borgerPC"),
        ("OS2MO'ets nye felter", "OS2mo"),
        ("OS2display-dag", "OS2display"),
    ],
)
def test_an_everyday_spelling_means_the_product(products: Products, text: str, name: str) -> None:
    (mention,) = products.find(text)
    assert mention.names == (name,)
    assert mention.how is How.EXACT


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("os2valgalla", "OS2valghalla"),
        ("nektar", "OS2nectar"),
        ("heatcontrol", "OS2aiheatcontrol"),
        ("valghallagruppen", "OS2valghalla"),
        ("os2formsgruppen", "OS2forms"),
    ],
)
def test_a_misspelling_or_a_compound_is_recognised_but_less_surely(products: Products, text: str, name: str) -> None:
    (mention,) = products.find(text)
    assert mention.names == (name,)
    assert mention.how is How.FUZZY


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("OS2aiheatcontrol", ["OS2aiheatcontrol"]),
        ("OS2ai", ["OS2ai"]),
        ("OS2skole", ["OS2skole"]),
        ("OS2skoledata", ["OS2skoledata"]),
        ("OS2skoledata og OS2skole", ["OS2skoledata", "OS2skole"]),
    ],
)
def test_a_name_inside_a_longer_name_is_not_the_shorter_product(
    products: Products, text: str, names: list[str]
) -> None:
    assert found(products, text) == names


def test_a_name_that_is_an_ordinary_word_is_marked_as_such(products: Products) -> None:
    (mention,) = products.find("ny skærm og display i kantinen")
    assert mention.how is How.WORD


def test_the_beginning_of_several_names_gives_them_all(products: Products) -> None:
    (mention,) = products.find("hvem godkender os2sk?")
    assert mention.how is How.PREFIX
    assert set(mention.names) == {"OS2skole", "OS2skoledata", "OS2skadesøkonomi"}


def test_a_mention_knows_its_place_in_the_text(products: Products) -> None:
    text = "Måske: OS2 valg halla, ja"
    (mention,) = products.find(text)
    assert text[mention.start : mention.end] == "OS2 valg halla"


@pytest.mark.parametrize("text", ["", "møde i OS2 skal planlægges", "OS2s form", "kom ud og lav noget", "formen"])
def test_ordinary_danish_holds_no_product(products: Products, text: str) -> None:
    assert products.find(text) == ()


def test_a_product_that_the_handbook_does_not_know_is_told(products: Products) -> None:
    assert products.unknown("hvem godkender OS2banan og OS2iot?") == ("OS2banan",)


def test_the_handbook_names_its_products_in_tables_and_lists(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# Kontoplan\n\n| Produkt | Konto |\n|--|--|\n| OS2sol | XG-9212045220 |\n| OS2 måne | XG-9212045230 |\n"
        "| OS2 Web | XG-9212045210-00005 |\n\n- OS2sol\n- OS2stjerne\n- OS2støv er ikke et navn alene\n",
        encoding="utf-8",
    )
    handbook = HandbookReader(tmp_path, "https://example.org").read()
    assert set(Products.of(handbook).names) == {"OS2sol", "OS2 måne", "OS2stjerne"}
