"""Which language a text is in, from its small words and its script."""

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("uk", re.compile("[іїєґІЇЄҐ]")),
    ("ru", re.compile("[а-яА-Я]")),
    ("el", re.compile("[α-ωΑ-Ω]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("fa", re.compile("[پچژگ]")),
    ("ar", re.compile("[\u0620-\u064a]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)
"""Scripts that tell a language, the more telling before the more common."""
_SMALL_WORDS = {
    "en": "the of and to in a is that for it was on with as he his at by from they this have had not are which but "
    "we an were been has their said will would who what when there more about after she her you i or be if "
    "its one also than into",
    "es": "de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí "
    "porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante uno ni "
    "contra fue ser es ha según él son dijo",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou "
    "quando muito nos já também só pelo pela até isso ela entre depois sem mesmo aos seus quem nas esse foi "
    "ser é são tem disse está às",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son "
    "ses d'un d'une cette mais on ou aux comme leur nous vous elle été fait être ont deux l'on c'est qu'il "
    "selon ans après entre sans même",
    "it": "di e il la che in a un è per una sono non del con si da i le dei ha al come più ma nel alla della lo gli "
    "dal delle o se anche su questo questa ed nella sul dell'italia l'ha stato cui era prima dopo tra suo sua "
    "hanno degli ai c'è ci perché",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus "
    "er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber "
    "vor zur bis mehr durch man sein seit wurde",
    "nl": "de van het een en in is dat op te zijn met voor niet die aan er om ook als dan maar bij nog uit door "
    "naar heeft hij ze was worden wordt over werd haar hebben al tot kan deze meer geen wel na zich zo onder "
    "tegen volgens zegt toch moet",
    "ca": "de la que i el en a els les del un una per amb no és es al ha ser com més però seva seu dels pel aquest "
    "aquesta van va també són sobre fins tot entre quan sense ho hi han si perquè on molt qui pels als ja "
    "s'ha d'un d'una l'any segons",
    "sv": "och i att det som en på är av för med den till inte har de ett om var jag han men från vi så kan när år "
    "hade eller ut skulle över efter också sig nu ska blev hon under mot två vara upp där vid alla",
    "da": "og i at det er en til på som for af med de den der ikke har et var han jeg fra men om vi så kan hun "
    "efter være også havde når eller op blev skal ved over nu mod hvor sig sin ud bliver mere år siger",
    "pl": "w i na z się nie do to że jest o jak po co za od tym dla ale są tak już przez był przy tego ich być może "
    "tylko które który jego jej oraz czy ma było także pod roku lat",
    "ro": "de și în a la cu pe că nu din o un care este pentru mai se au fi sunt sau ce prin dar după între fost "
    "unei lui către ca această acest spus anul",
    "fi": "ja on ei se että oli hän joka ovat mutta myös kun tai niin kuin mukaan ole sen vuoden voi jo vain nyt "
    "sekä ollut kanssa",
    "tr": "ve bir bu da de için ile olarak çok daha en olan gibi sonra kadar ancak ya göre var ne dedi her yıl değil",
}
"""The most frequent words of each language."""
_LANGUAGES = {code: frozenset(words.split()) for code, words in _SMALL_WORDS.items()}
_READ = 20_000
"""Code points that are looked at: an article's language does not change after that."""


CLEARLY = 3.0
"""How many times the small words of the declared language those of another are, where the declaration is a mistake."""


def language_of(declared: str | None, text: str) -> str:
    """The declared language, unless the text is plainly in another: a page's template may be in its publisher's."""
    found = detect_language(text)
    if not declared or declared == found:
        return declared or found
    if found == "und" or declared not in _LANGUAGES:
        return declared
    scores = _scores(_small_words(text[:_READ]))
    return found if scores.get(found, CLEARLY) >= CLEARLY * scores[declared] else declared


def detect_language(text: str) -> str:
    """ISO 639-1 code of the language most of a text is in; "und" where there is too little to tell."""
    text = text[:_READ]
    letters = sum(c.isalpha() for c in text)
    for code, script in _SCRIPTS:
        if letters and len(script.findall(text)) >= (0.02 if code in ("ja", "uk", "fa") else 0.3) * letters:
            return code
    words = _small_words(text)
    scores = _scores(words)
    best, second = sorted(scores, key=lambda code: -scores[code])[:2]
    enough = 0.06 * sum(words.values())
    return best if scores[best] >= max(enough, 0.5) and scores[best] > 1.1 * scores[second] else "und"


def _small_words(text: str) -> Counter[str]:
    return Counter(word.replace("’", "'").casefold() for word in _WORD.findall(text))


def _scores(words: Counter[str]) -> dict[str, float]:
    """A word that several languages have counts for each of them by a share of its weight."""
    owners = Counter(word for known in _LANGUAGES.values() for word in known)
    return {
        code: sum(words[word] / owners[word] for word in known if word in words) for code, known in _LANGUAGES.items()
    }
