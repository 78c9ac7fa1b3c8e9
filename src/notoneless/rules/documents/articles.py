"""The articles of law that the papers cite, each with what it says in our own short words.

Source: the texts in force as collected in the project's national rules, section 1.1 and 1.2.
A wording here is a summary for families, not the statute; only what stands there is cited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Article:
    law: str
    """In full, without brackets."""
    number: str
    """As it is printed: 第五条第二款."""
    says: str
    """One clause, without a full stop."""


EDUCATION = "中华人民共和国义务教育法"
MINORS = "中华人民共和国未成年人保护法"
REVIEW = "中华人民共和国行政复议法"
SUITS = "中华人民共和国行政诉讼法"
COERCION = "中华人民共和国行政强制法"
CIVIL = "中华人民共和国民事诉讼法"

ARTICLES: Mapping[str, Article] = MappingProxyType(
    {
        "education.5": Article(
            EDUCATION,
            "第五条第二款",
            "父母或者其他法定监护人应当依法保证适龄子女按时入学，接受并完成义务教育",
        ),
        "education.11": Article(
            EDUCATION,
            "第十一条",
            "儿童到了入学年龄，父母或者其他法定监护人应当送其入学并完成义务教育；"
            "因身体状况确需延缓入学或者休学的，由监护人申请，经乡镇人民政府或者县级教育行政部门批准",
        ),
        "education.13": Article(
            EDUCATION,
            "第十三条",
            "县级教育行政部门和乡镇人民政府组织、督促适龄儿童入学，帮助解决困难，"
            "防止辍学；居民委员会、村民委员会协助",
        ),
        "education.14": Article(
            EDUCATION, "第十四条", "用人单位不得招用应当接受义务教育的适龄儿童、少年"
        ),
        "education.58": Article(
            EDUCATION,
            "第五十八条",
            "监护人没有正当理由而未送适龄子女入学接受义务教育的，"
            "由乡镇人民政府或者县级教育行政部门给予批评教育，责令限期改正",
        ),
        "minors.11": Article(
            MINORS,
            "第十一条第二款",
            "国家机关、居民委员会、村民委员会以及密切接触未成年人的单位，"
            "发现未成年人身心健康受到侵害或者面临危险的，应当立即报告",
        ),
        "minors.16": Article(
            MINORS, "第十六条第五项", "监护人应当尊重未成年人受教育的权利，保障其接受并完成义务教育"
        ),
        "minors.17": Article(
            MINORS, "第十七条第五项", "监护人不得放任或者迫使应当接受义务教育的未成年人失学、辍学"
        ),
        "minors.28": Article(
            MINORS,
            "第二十八条第二款",
            "学校对辍学学生应当登记并劝返复学；劝返无效的，及时书面报告教育行政部门",
        ),
        "minors.83": Article(
            MINORS,
            "第八十三条第二款",
            "对尚未完成义务教育的辍学未成年学生，教育行政部门应当责令监护人将其送入学校",
        ),
        "minors.106": Article(MINORS, "第一百零六条", "人民检察院可以督促、支持提起诉讼"),
        "minors.114": Article(
            MINORS, "第一百一十四条", "收到建议的单位应当自收到之日起一个月内书面回复"
        ),
        "review.20": Article(REVIEW, "第二十条", "可以自知道该行政行为之日起六十日内申请行政复议"),
        "suits.46": Article(
            SUITS, "第四十六条", "直接起诉的，应当自知道该行政行为之日起六个月内提出"
        ),
        "suits.97": Article(
            SUITS,
            "第九十七条",
            "在法定期限内既不起诉又不履行的，行政机关可以申请人民法院强制执行",
        ),
        "coercion.53": Article(
            COERCION,
            "第五十三条",
            "在法定期限内不申请行政复议或者提起行政诉讼，又不履行行政决定的，"
            "没有强制执行权的行政机关可以自期限届满之日起三个月内申请人民法院强制执行",
        ),
        "coercion.54": Article(
            COERCION,
            "第五十四条",
            "申请人民法院强制执行前应当催告；催告书送达十个工作日后仍未履行的，可以提出申请",
        ),
        "coercion.55": Article(
            COERCION,
            "第五十五条",
            "申请时应当提供申请书、决定书及其事实理由依据、当事人意见及催告情况、"
            "申请执行标的情况等材料",
        ),
        "coercion.56": Article(COERCION, "第五十六条", "人民法院接到申请后应当在五日内受理"),
        "coercion.57": Article(
            COERCION, "第五十七条", "符合规定的，人民法院应当自受理之日起七日内作出执行裁定"
        ),
        "civil.87": Article(
            CIVIL, "第八十七条", "送达文书应当有送达回证，由受送达人记明收到日期并签名或者盖章"
        ),
        "civil.88": Article(
            CIVIL, "第八十八条", "文书应当直接送交受送达人；本人不在的，交同住成年家属签收"
        ),
        "civil.89": Article(
            CIVIL,
            "第八十九条",
            "拒绝接收的，可以邀请见证人到场说明情况，或者以拍照、录像等方式记录后留置送达",
        ),
        "civil.90": Article(CIVIL, "第九十条", "经受送达人同意，可以采用电子方式送达"),
    }
)
DUTY = ("education.5", "minors.16")
"""What every letter to a guardian reminds of."""
ORDER = ("education.5", "education.58", "minors.16", "minors.17")
"""What an order rests on, whoever gives it."""
ORDER_OF_BUREAU = (*ORDER, "minors.83")
"""The same where the education bureau gives it."""
REMEDIES = ("review.20", "suits.46")
"""Where a guardian finds the two ways to another judgement."""
COMPLAINT = ("education.5", "education.11", "minors.16", "minors.17")
"""What a civil suit rests on."""
SERVICE = ("civil.87", "civil.88", "civil.89", "civil.90")
"""By which a paper is served, applied by analogy."""


def cited(keys: Iterable[str]) -> str:
    """Several articles in one phrase, each law named once: 《甲法》第一条、第二条，《乙法》第三条.

    Raises ``KeyError`` for an article that is not in the table.
    """
    by_law: dict[str, list[str]] = {}
    for key in dict.fromkeys(keys):
        article = ARTICLES[key]
        by_law.setdefault(article.law, []).append(article.number)
    return "，".join(f"《{law}》{'、'.join(numbers)}" for law, numbers in by_law.items())


def told(keys: Iterable[str]) -> str:
    """The same articles with what each says, one sentence for each law; empty without any."""
    by_law: dict[str, list[str]] = {}
    for key in dict.fromkeys(keys):
        article = ARTICLES[key]
        by_law.setdefault(article.law, []).append(f"{article.number}规定，{article.says}")
    return "".join(f"《{law}》{'；'.join(clauses)}。" for law, clauses in by_law.items())
