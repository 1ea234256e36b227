"""One thing, one word: what had more than one name, and which texts say the same in two places."""

from __future__ import annotations

# Names that a thing must not have beside its own, and ways to say it that had a twin. After the
# pattern stands the name that is used.
TERMS = {
    "en": {
        r"link (for|of) (the group|others|those)\b": "the join link",
        r"host('s|’s)? link": "the key",
        r"seats?": "place",
        r"contents": "what we write and draw",
        r"close the pens?": "put away",
        r"goes empty": "the battery runs out",
        r"ask( \{\{name\}\})? to leave": "remove from the room",
        r"leads? the room": "lead the jam",
    },
    "fr": {
        r"lien (d’entrée|du groupe|pour le groupe|pour les autres)": "le lien pour entrer",
        r"lien d’hôte": "la clé",
        r"mener le salon": "mener la jam",
        r"après le départ d\w+": "après le dernier départ",
        r"contenu": "ce qu’on écrit et dessine",
        r"fermer (le|les) crayons?": "ranger",
        r"à la porte\W+\{\{\w+": "devant la porte",  # said to somebody, it sends them away
        r"la fermer": "fermer",  # said aloud, it silences somebody
    },
    "es": {
        r"(intenta|prueba) de nuevo": "inténtalo de nuevo",
        r"enlace (antiguo|viejo)": "el enlace anterior",
        r"enlace (de entrada|del grupo|de facilitación)": "el enlace para entrar; la llave",
        r"conduc\w+": "llevar la jam",
        r"añad\w+": "agregar",
        r"(aún|todavía) no llega": "aún no llegó",
        r"cerrar (el lápiz|los lápices)": "recoger",
        r"cada quien|cada cual": "cada persona",
        r"de a (un|una|dos|tres|cuatro)\b": "en dúos, en tríos, en grupos de cuatro",
        r"sin verse": "que aún no se ve",
        r"vuelta \{\{n\}\}": "ronda",
    },
    "pt": {
        r"link antigo": "o link anterior",
        r"link (de entrada|do grupo|de facilitação)": "o link para entrar; a chave",
        r"conduz\w* a sala": "conduzir a jam",
        r"por si só": "por conta própria",
        r"fechar (o|os) lápis": "recolher",
        r"o conteúdo": "o que escrevemos e desenhamos",
        r"planos?": "o roteiro",
        r"\w+, afinal": "mesmo assim",
        r"\{\{minutes\}\} ficam": "folga",  # one minute, too
    },
    "ar": {
        r"رابط (المجموعة|التيسير|الآخرين)|رابط دخول الآخرين": "رابط الدخول؛ المفتاح",
        r"القيادة|قيادة|يقود الغرفة": "التيسير",
        r"يمكن المحاولة": "يمكن إعادة المحاولة",
        r"صفحة البداية": "الصفحة الأولى",
        r"إغلاق (القلم|الأقلام)": "وضع جانبًا",
        r"المتصفح": "المتصفّح",
        r"[وب]?(خطتها|خطة|الخطة)": "البرنامج",
    },
}

# Texts of two keys that are one thing on two screens, or one answer by two ways.
ALIKE = (
    ("invite.title", "people.invite"),
    ("key.title", "more.key"),
    ("dates.title", "more.dates"),
    ("door.lock", "trouble.lock"),
    ("door.unlock", "trouble.unlock"),
    ("door.renew", "trouble.link"),
    ("door.renewed", "relink.here"),
    ("line.open", "trouble.line.on"),
    ("line.mute", "person.mute.on"),
    ("key.here", "invite.here"),
    ("dates.contents", "kept.then"),
    ("hello.away", "hall.elsewhere"),
    ("ended.title", "rooms.over"),
    ("link.wrong", "refused.bad_link", "refused.no_room"),
    ("link.closed", "refused.link_closed"),
    ("room.full", "refused.full"),
    ("door.locked", "refused.locked"),
    ("removed", "refused.removed"),
    ("limit.fast", "refused.too_fast"),
    ("line.slow", "refused.slow"),
)
