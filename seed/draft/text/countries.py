"""States by the words that articles use for them: the code of ISO 3166-1, the name, and other forms.

A table of our own, short on purpose: a state that it lacks is a party whose country a person fills in.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    code: str
    name: str
    forms: tuple[str, ...]
    """Every form, the name first."""

    @property
    def id(self) -> str:
        return self.code.lower()


_TABLE = """
AFG Afghanistan|Afghan
ALB Albania|Albanian
DZA Algeria|Algerian
ARG Argentina|Argentine|Argentinian
ARM Armenia|Armenian
AUS Australia|Australian
AUT Austria|Austrian
AZE Azerbaijan|Azerbaijani
BGD Bangladesh|Bangladeshi
BLR Belarus|Belarusian
BEL Belgium|Belgian
BOL Bolivia|Bolivian
BIH Bosnia and Herzegovina|Bosnia|Bosnian
BRA Brazil|Brazilian
BGR Bulgaria|Bulgarian
KHM Cambodia|Cambodian
CAN Canada|Canadian
CHL Chile|Chilean
CHN China|Chinese
COL Colombia|Colombian
COD Democratic Republic of the Congo|Congolese
HRV Croatia|Croatian
CUB Cuba|Cuban
CYP Cyprus|Cypriot
CZE Czech Republic|Czechia|Czech
DNK Denmark|Danish
ECU Ecuador|Ecuadorian
EGY Egypt|Egyptian
EST Estonia|Estonian
ETH Ethiopia|Ethiopian
FIN Finland|Finnish
FRA France|French
GEO Georgia|Georgian
DEU Germany|German
GHA Ghana|Ghanaian
GRC Greece|Greek
HUN Hungary|Hungarian
ISL Iceland|Icelandic
IND India|Indian
IDN Indonesia|Indonesian
IRN Iran|Iranian
IRQ Iraq|Iraqi
IRL Ireland|Irish
ISR Israel|Israeli
ITA Italy|Italian
JPN Japan|Japanese
JOR Jordan|Jordanian
KAZ Kazakhstan|Kazakh
KEN Kenya|Kenyan
PRK North Korea|North Korean|DPRK
KOR South Korea|South Korean
KWT Kuwait|Kuwaiti
LVA Latvia|Latvian
LBN Lebanon|Lebanese
LBY Libya|Libyan
LTU Lithuania|Lithuanian
LUX Luxembourg
MYS Malaysia|Malaysian
MEX Mexico|Mexican
MDA Moldova|Moldovan
MNG Mongolia|Mongolian
MAR Morocco|Moroccan
MMR Myanmar|Burmese
NPL Nepal|Nepalese
NLD Netherlands|Dutch
NZL New Zealand
NGA Nigeria|Nigerian
MKD North Macedonia|Macedonian
NOR Norway|Norwegian
OMN Oman|Omani
PAK Pakistan|Pakistani
PSE Palestine|Palestinian
PER Peru|Peruvian
PHL Philippines|Philippine|Filipino
POL Poland|Polish
PRT Portugal|Portuguese
QAT Qatar|Qatari
ROU Romania|Romanian
RUS Russia|Russian
RWA Rwanda|Rwandan
SAU Saudi Arabia|Saudi
SRB Serbia|Serbian
SGP Singapore|Singaporean
SVK Slovakia|Slovak
SVN Slovenia|Slovenian
ZAF South Africa|South African
ESP Spain|Spanish
LKA Sri Lanka|Sri Lankan
SDN Sudan|Sudanese
SWE Sweden|Swedish
CHE Switzerland|Swiss
SYR Syria|Syrian
TWN Taiwan|Taiwanese
THA Thailand|Thai
TUN Tunisia|Tunisian
TUR Turkey|Turkish|Türkiye
UKR Ukraine|Ukrainian
ARE United Arab Emirates|Emirati|UAE
GBR United Kingdom|British|Britain|UK|U.K.
USA United States|American|U.S.|US|United States of America
UZB Uzbekistan|Uzbek
VEN Venezuela|Venezuelan
VNM Vietnam|Vietnamese
YEM Yemen|Yemeni
ZWE Zimbabwe|Zimbabwean
"""

COUNTRIES = tuple(
    Country(line[:3], line[4:].split("|")[0], tuple(line[4:].split("|"))) for line in _TABLE.strip().splitlines()
)
BY_FORM = {form: country for country in COUNTRIES for form in country.forms}
LONGEST_FORM = max(len(form.split()) for form in BY_FORM)
"""In words."""
