"""Labels of the national code tables that pages show, so that each can be said in English."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notoneless.rules.roster.codes import TABLES

_SAID: Mapping[str, str | Promise] = {
    "是": _("是"),
    "否": _("否"),
    "居民身份证": _("居民身份证"),
    "户口簿": _("户口簿"),
    "香港特区护照/身份证明": _("香港特区护照/身份证明"),
    "澳门特区护照/身份证明": _("澳门特区护照/身份证明"),
    "台湾居民来往大陆通行证": _("台湾居民来往大陆通行证"),
    "境外永久居住证": _("境外永久居住证"),
    "护照": _("护照"),
    "其他": _("其他"),
    "健康或良好": _("健康或良好"),
    "一般或较弱": _("一般或较弱"),
    "有慢性病": _("有慢性病"),
    "有生理缺陷": _("有生理缺陷"),
    "残疾": _("残疾"),
    "农业户口": _("农业户口"),
    "非农业户口": _("非农业户口"),
    "居民户口": _("居民户口"),
    "走读": _("走读"),
    "住校": _("住校"),
    "非留守儿童": _("非留守儿童"),
    "单亲留守儿童": _("单亲留守儿童"),
    "双亲留守儿童": _("双亲留守儿童"),
    "步行": _("步行"),
    "自行车": _("自行车"),
    "公共交通": _("公共交通"),
    "家长自行接送": _("家长自行接送"),
    "校车": _("校车"),
    "正常入学": _("正常入学"),
    "借读": _("借读"),
    "无残疾": _("无残疾"),
    "视力残疾": _("视力残疾"),
    "听力残疾": _("听力残疾"),
    "言语残疾": _("言语残疾"),
    "肢体残疾": _("肢体残疾"),
    "智力残疾": _("智力残疾"),
    "精神残疾": _("精神残疾"),
    "多重残疾": _("多重残疾"),
    "其他残疾": _("其他残疾"),
    "非随班就读": _("非随班就读"),
    "视力残疾随班就读": _("视力残疾随班就读"),
    "听力残疾随班就读": _("听力残疾随班就读"),
    "智力残疾随班就读": _("智力残疾随班就读"),
    "其他残疾随班就读": _("其他残疾随班就读"),
    "本人": _("本人"),
    "户主": _("户主"),
    "配偶": _("配偶"),
    "丈夫": _("丈夫"),
    "妻子": _("妻子"),
    "子": _("子"),
    "女": _("女"),
    "孙辈": _("孙辈"),
    "父母": _("父母"),
    "父": _("父"),
    "母": _("母"),
    "继父或养父": _("继父或养父"),
    "继母或养母": _("继母或养母"),
    "祖父": _("祖父"),
    "祖母": _("祖母"),
    "外祖父": _("外祖父"),
    "外祖母": _("外祖母"),
    "兄弟姐妹": _("兄弟姐妹"),
    "兄": _("兄"),
    "弟": _("弟"),
    "姐": _("姐"),
    "妹": _("妹"),
    "其他亲属": _("其他亲属"),
    "非亲属": _("非亲属"),
}


def code_label(label: str) -> str:
    """A code's label in the reader's language; any other text as it is."""
    return str(_SAID.get(label, label))


def code_choices(table: str, codes: tuple[str, ...] = ()) -> list[tuple[str, str | Promise]]:
    """Codes of a table with their labels, all of them or ``codes`` in that order."""
    labels = TABLES[table].labels
    return [(code, _SAID[labels[code]]) for code in codes or tuple(labels)]
