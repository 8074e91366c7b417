"""What a mistyped word may have been meant to be, besides the words of the index: every whole word a need is known by.

Of some, spoken_words holds only a beginning; those stand here in full.
"""

from __future__ import annotations

from functools import cache

from server.resources.needs import words_of_the_index
from server.resources.query_parsing import plain
from server.resources.spoken_words import SAID

WHOLE = """
    lawyer attorney visa passport asylum immigration immigrant undocumented deportation citizenship documents wage
    wages doctor nurse medical clinic pregnant pregnancy contraception trauma nightmares depression suicide therapy
    therapist counseling counselor psychologist drugs alcohol addiction detox rehab children training learning class
    transportation interpreter translation language arrested employer exploitation prostitution trafficking shelter
    smuggling violence violent threatened stalking abuse domestic
    abogado abogada defensor asesoria juridico legal refugio albergue alojamiento vivienda alimentos pasaporte
    inmigracion migracion migrante indocumentado indocumentada documentos sueldo salario deuda doctora enfermera
    enfermedad clinica herida embarazo embarazada anticonceptivo pesadillas depresion terapia consejero psicologo
    psicologa drogas adiccion desintoxicacion hijos niños trabajo empleo curso capacitacion traductor traduccion
    interprete idioma delito jefe patron explotacion encerrada prostitucion pandilla estafa contrabando mendigar
    golpes maltrato amenaza abuso violencia
    محامي محاميه قانون مهاجر مهاجرين لاجئ لاجئين طبيب طبيبه دكتور ممرضه مريض حزينه خائفه نفسي نفسيه مخدرات مدمن
    مترجم مترجمه متسول محبوسه
"""


@cache
def spoken() -> frozenset[str]:
    """As plain() writes them."""
    sayings = " ".join(" ".join(texts) for texts in SAID.values()).replace("+", " ").replace("|", " ").split()
    whole = (word.rstrip("?") for word in sayings if not word.rstrip("?").endswith("*"))
    return frozenset(plain(word) for word in (*whole, *WHOLE.split())) | words_of_the_index()
