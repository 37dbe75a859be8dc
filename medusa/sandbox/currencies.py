"""The currencies that every Medusa backend has."""

from __future__ import annotations

from functools import cache

from .entities import JSON


def currency(code: str) -> JSON | None:
    """Return the row of a currency, or None if there is no such currency."""
    return dict(known) if (known := _currencies().get(code)) else None


@cache
def _currencies() -> dict[str, JSON]:
    found: dict[str, JSON] = {}
    for line in _CURRENCIES.splitlines():
        code, symbol, symbol_native, name = line.split("|")
        found[code] = {"code": code, "symbol": symbol, "symbol_native": symbol_native, "name": name}
    return found


_CURRENCIES = """\
usd|$|$|US Dollar
cad|CA$|$|Canadian Dollar
eur|€|€|Euro
aed|AED|د.إ.‏|United Arab Emirates Dirham
afn|Af|؋|Afghan Afghani
all|ALL|Lek|Albanian Lek
amd|AMD|դր.|Armenian Dram
ars|AR$|$|Argentine Peso
aud|AU$|$|Australian Dollar
azn|man.|ман.|Azerbaijani Manat
bam|KM|KM|Bosnia-Herzegovina Convertible Mark
bdt|Tk|৳|Bangladeshi Taka
bgn|BGN|лв.|Bulgarian Lev
bhd|BD|د.ب.‏|Bahraini Dinar
bif|FBu|FBu|Burundian Franc
bnd|BN$|$|Brunei Dollar
bob|Bs|Bs|Bolivian Boliviano
brl|R$|R$|Brazilian Real
bwp|BWP|P|Botswanan Pula
byn|Br|руб.|Belarusian Ruble
bzd|BZ$|$|Belize Dollar
cdf|CDF|FrCD|Congolese Franc
chf|CHF|CHF|Swiss Franc
clp|CL$|$|Chilean Peso
cny|CN¥|CN¥|Chinese Yuan
cop|CO$|$|Colombian Peso
crc|₡|₡|Costa Rican Colón
cve|CV$|CV$|Cape Verdean Escudo
czk|Kč|Kč|Czech Republic Koruna
djf|Fdj|Fdj|Djiboutian Franc
dkk|Dkr|kr|Danish Krone
dop|RD$|RD$|Dominican Peso
dzd|DA|د.ج.‏|Algerian Dinar
eek|Ekr|kr|Estonian Kroon
egp|EGP|ج.م.‏|Egyptian Pound
ern|Nfk|Nfk|Eritrean Nakfa
etb|Br|Br|Ethiopian Birr
gbp|£|£|British Pound Sterling
gel|GEL|GEL|Georgian Lari
ghs|GH₵|GH₵|Ghanaian Cedi
gnf|FG|FG|Guinean Franc
gtq|GTQ|Q|Guatemalan Quetzal
hkd|HK$|$|Hong Kong Dollar
hnl|HNL|L|Honduran Lempira
hrk|kn|kn|Croatian Kuna
huf|Ft|Ft|Hungarian Forint
idr|Rp|Rp|Indonesian Rupiah
ils|₪|₪|Israeli New Sheqel
inr|Rs|₹|Indian Rupee
iqd|IQD|د.ع.‏|Iraqi Dinar
irr|IRR|﷼|Iranian Rial
isk|Ikr|kr|Icelandic Króna
jmd|J$|$|Jamaican Dollar
jod|JD|د.أ.‏|Jordanian Dinar
jpy|¥|￥|Japanese Yen
kes|Ksh|Ksh|Kenyan Shilling
khr|KHR|៛|Cambodian Riel
kmf|CF|FC|Comorian Franc
krw|₩|₩|South Korean Won
kwd|KD|د.ك.‏|Kuwaiti Dinar
kzt|KZT|тңг.|Kazakhstani Tenge
lbp|LB£|ل.ل.‏|Lebanese Pound
lkr|SLRs|SL Re|Sri Lankan Rupee
ltl|Lt|Lt|Lithuanian Litas
lvl|Ls|Ls|Latvian Lats
lyd|LD|د.ل.‏|Libyan Dinar
mad|MAD|د.م.‏|Moroccan Dirham
mdl|MDL|MDL|Moldovan Leu
mga|MGA|MGA|Malagasy Ariary
mkd|MKD|MKD|Macedonian Denar
mmk|MMK|K|Myanma Kyat
mnt|MNT|₮|Mongolian Tugrig
mop|MOP$|MOP$|Macanese Pataca
mur|MURs|MURs|Mauritian Rupee
mxn|MX$|$|Mexican Peso
myr|RM|RM|Malaysian Ringgit
mzn|MTn|MTn|Mozambican Metical
nad|N$|N$|Namibian Dollar
ngn|₦|₦|Nigerian Naira
nio|C$|C$|Nicaraguan Córdoba
nok|Nkr|kr|Norwegian Krone
npr|NPRs|नेरू|Nepalese Rupee
nzd|NZ$|$|New Zealand Dollar
omr|OMR|ر.ع.‏|Omani Rial
pab|B/.|B/.|Panamanian Balboa
pen|S/.|S/.|Peruvian Nuevo Sol
php|₱|₱|Philippine Peso
pkr|PKRs|₨|Pakistani Rupee
pln|zł|zł|Polish Zloty
pyg|₲|₲|Paraguayan Guarani
qar|QR|ر.ق.‏|Qatari Rial
ron|RON|RON|Romanian Leu
rsd|din.|дин.|Serbian Dinar
rub|RUB|₽.|Russian Ruble
rwf|RWF|FR|Rwandan Franc
sar|SR|ر.س.‏|Saudi Riyal
sdg|SDG|SDG|Sudanese Pound
sek|Skr|kr|Swedish Krona
sgd|S$|$|Singapore Dollar
sos|Ssh|Ssh|Somali Shilling
syp|SY£|ل.س.‏|Syrian Pound
thb|฿|฿|Thai Baht
tnd|DT|د.ت.‏|Tunisian Dinar
top|T$|T$|Tongan Paʻanga
try|TL|TL|Turkish Lira
ttd|TT$|$|Trinidad and Tobago Dollar
twd|NT$|NT$|New Taiwan Dollar
tzs|TSh|TSh|Tanzanian Shilling
uah|₴|₴|Ukrainian Hryvnia
ugx|USh|USh|Ugandan Shilling
uyu|$U|$|Uruguayan Peso
uzs|UZS|UZS|Uzbekistan Som
vef|Bs.F.|Bs.F.|Venezuelan Bolívar
vnd|₫|₫|Vietnamese Dong
xaf|FCFA|FCFA|CFA Franc BEAC
xof|CFA|CFA|CFA Franc BCEAO
yer|YR|ر.ي.‏|Yemeni Rial
zar|R|R|South African Rand
zmk|ZK|ZK|Zambian Kwacha
zwl|ZWL$|ZWL$|Zimbabwean Dollar
"""
