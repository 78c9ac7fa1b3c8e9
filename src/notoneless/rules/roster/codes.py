"""Code tables of the national roster. A cell may hold the label, the code or ``code-label``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final

_CODE_AND_LABEL: Final = re.compile(r"([0-9A-Z]{1,3})\s*[-—–_:.、 ]\s*(.+)")
_LABEL_AND_CODE: Final = re.compile(r"(.+?)\s*[(\[]([0-9A-Z]{1,3})[)\]]")
_PUNCTUATION: Final = re.compile(r"[\s()（）、,，/·]")


@dataclass(frozen=True, slots=True)
class CodeTable:
    """One closed list of values with the words that schools use for them."""

    name: str
    labels: Mapping[str, str]
    """Code → the label as the national form prints it."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Other words of exactly the same meaning → code. Taken without a warning."""
    loose: Mapping[str, str] = field(default_factory=dict)
    """Words that are not on the form but can mean one thing only → code. Taken with a warning."""
    _words: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words = {_plain(label): code for code, label in self.labels.items()}
        words.update({_plain(alias): code for alias, code in self.aliases.items()})
        object.__setattr__(self, "_words", MappingProxyType(words))

    def word(self, text: str) -> str | None:
        """The code whose label or alias this text is, punctuation aside."""
        return self._words.get(_plain(text))


@dataclass(frozen=True, slots=True)
class CodeReading:
    """What a cell of a code column says."""

    code: str
    is_loose: bool = False
    """The word is not on the form, but can mean this only."""


def _plain(text: str) -> str:
    return _PUNCTUATION.sub("", text).upper()


@lru_cache(maxsize=20_000)
def read_code(table_name: str, text: str) -> CodeReading | None:
    """Read a tidied cell against a table; ``None`` when it fits no value or contradicts itself.

    ``01``, ``1``, ``汉族``, ``01-汉族`` and ``汉族(01)`` are the same; ``02-汉族`` is nothing.
    """
    table = TABLES[table_name]
    code = _code(table, text) or table.word(text)
    if code is not None:
        return CodeReading(code)
    pair = _pair(text)
    if pair is not None:
        code, word = _code(table, pair[0]), table.word(pair[1])
        return CodeReading(code) if code is not None and code == word else None
    loose = table.loose.get(_plain(text))
    return CodeReading(loose, is_loose=True) if loose is not None else None


def label_of(table_name: str, code: str) -> str:
    """The label as the national form prints it; the code itself when the table has none."""
    return TABLES[table_name].labels.get(code, code)


def _code(table: CodeTable, text: str) -> str | None:
    if text in table.labels:
        return text
    padded = text.zfill(len(next(iter(table.labels))))
    if padded in table.labels:
        return padded
    short = text.lstrip("0") or "0"
    return short if text.isdigit() and short in table.labels else None


def _pair(text: str) -> tuple[str, str] | None:
    match = _CODE_AND_LABEL.fullmatch(text)
    if match is not None:
        return match.group(1), match.group(2)
    match = _LABEL_AND_CODE.fullmatch(text)
    return (match.group(2), match.group(1)) if match is not None else None


_ETHNIC_WORDS: Final = (
    "汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 "
    "满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 "
    "佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 "
    "达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 "
    "塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 "
    "独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族"
)
ETHNIC_NAMES: Final = tuple(_ETHNIC_WORDS.split())
"""GB/T 3304 in code order, 01 to 56."""


def _ethnic() -> CodeTable:
    labels = {f"{number:02}": name for number, name in enumerate(ETHNIC_NAMES, start=1)}
    labels["97"] = "其他"
    labels["98"] = "外国血统中国籍人士"
    loose = {name.removesuffix("族"): code for code, name in labels.items() if name.endswith("族")}
    return CodeTable("ethnic", labels, {"未识别民族": "97", "其他民族": "97"}, loose)


def _table(name: str, labels: str, aliases: str = "", loose: str = "") -> CodeTable:
    return CodeTable(name, _pairs(labels), _words(aliases), _words(loose))


def _pairs(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split())


def _words(text: str) -> dict[str, str]:
    return {word: code for code, word in (part.split("=", 1) for part in text.split())}


_ALL: Final = (
    _table("yes_no", "1=是 0=否", "1=Y 1=YES 1=有 1=√ 1=TRUE 0=N 0=NO 0=无 0=× 0=FALSE 0=不是"),
    _table("sex", "1=男 2=女", "1=男性 2=女性", "1=M 2=F 1=男生 2=女生"),
    _ethnic(),
    _table(
        "id_kind",
        "1=居民身份证 2=户口簿 6=香港特区护照/身份证明 7=澳门特区护照/身份证明 "
        "8=台湾居民来往大陆通行证 9=境外永久居住证 A=护照 Z=其他",
        "1=身份证 1=二代身份证 1=第二代居民身份证 2=户口本 Z=无 Z=无证件",
    ),
    _table(
        "overseas",
        "00=否 01=香港同胞 02=香港同胞亲属 03=澳门同胞 04=澳门同胞亲属 05=台湾同胞 06=台湾同胞亲属 "
        "11=华侨 12=侨眷 13=归侨 14=归侨子女 21=归国留学人员 31=非华裔中国人 41=外籍华裔人 "
        "51=外国人 99=其他",
        "00=非港澳台侨 00=无 00=不是 00=非港澳台侨外",
    ),
    _table(
        "health",
        "10=健康或良好 20=一般或较弱 30=有慢性病 40=有生理缺陷 50=残疾",
        "10=健康 10=良好 10=健康良好 20=一般 20=较弱 30=慢性病",
    ),
    _table(
        "politics",
        "01=中共党员 02=中共预备党员 03=共青团员 13=群众 14=少先队员",
        "02=预备党员 03=团员 03=中国共产主义青年团团员 13=普通公民 14=少年先锋队队员 13=无",
    ),
    _table(
        "hukou_kind",
        "1=农业户口 2=非农业户口 3=居民户口",
        "1=农业 1=农业家庭户口 1=农村 2=非农业 2=非农业家庭户口 2=城镇 2=城镇户口 3=居民 3=家庭户",
    ),
    _table(
        "entry_mode",
        "11=就近入学 12=义务教育其他 21=统一招生考试/普通入学 22=体育特招 23=艺术特招 99=其他",
        "21=统一招生考试 21=普通入学 21=正常入学",
    ),
    _table("study_mode", "1=走读 2=住校", "1=走读生 2=住读 2=寄宿 2=住宿 2=寄宿生 2=住校生"),
    _table(
        "left_behind",
        "0=非留守儿童 1=单亲留守儿童 2=双亲留守儿童",
        "0=否 0=非留守 1=单亲留守 2=双亲留守 0=不是",
    ),
    _table(
        "transport",
        "1=步行 2=自行车 3=公共交通 4=家长自行接送 5=校车 9=其他",
        "2=自行车（含摩托车、电动自行车） 3=公共交通（含城市公交、农村客运、地铁） "
        "4=家长接送 4=接送 3=公交 3=公交车 9=骑马 9=乘船",
    ),
    _table("origin", "1=正常入学 2=借读 9=其他", "1=正常"),
    _table(
        "disability",
        "0=无残疾 1=视力残疾 2=听力残疾 3=言语残疾 4=肢体残疾 5=智力残疾 6=精神残疾 7=多重残疾 "
        "9=其他残疾",
        "0=无 0=否 0=非残疾 9=其他 1=视力 2=听力 3=言语 4=肢体 5=智力 6=精神 7=多重",
    ),
    _table(
        "inclusive_class",
        "0=非随班就读 1=视力残疾随班就读 2=听力残疾随班就读 5=智力残疾随班就读 9=其他残疾随班就读",
        "0=否 0=无 1=视力残疾 2=听力残疾 5=智力残疾 9=其他残疾 9=其他",
    ),
    _table(
        "relation",
        "01=本人 02=户主 10=配偶 11=丈夫 12=妻子 20=子 30=女 40=孙辈 50=父母 51=父 52=母 "
        "57=继父或养父 58=继母或养母 61=祖父 62=祖母 63=外祖父 64=外祖母 70=兄弟姐妹 71=兄 73=弟 "
        "75=姐 77=妹 80=其他亲属 97=非亲属 99=其他",
        "51=父亲 51=爸爸 52=母亲 52=妈妈 57=继父 57=养父 58=继母 58=养母 61=爷爷 62=奶奶 63=外公 "
        "63=姥爷 64=外婆 64=姥姥 71=哥哥 73=弟弟 75=姐姐 77=妹妹 80=亲属 80=亲戚 80=伯父 80=叔父 "
        "80=叔叔 80=姑姑 80=舅舅 80=姨妈 80=伯父母 80=叔父母 97=监护人 97=社工",
    ),
    _table(
        "blood", "1=A 2=B 3=O 4=AB 5=RH 9=未知", "1=A型 2=B型 3=O型 4=AB型 9=不详 9=未知血型 9=未测"
    ),
)

TABLES: Final[Mapping[str, CodeTable]] = MappingProxyType({table.name: table for table in _ALL})
