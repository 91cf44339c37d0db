"""The words that names, titles and organizations are known by."""

from seed.draft.text.lexicon import words

HONORIFICS = {
    "Mr": "m", "Sir": "m", "Lord": "m", "King": "m", "Prince": "m", "Mrs": "f", "Ms": "f", "Miss": "f", "Madam": "f",
    "Queen": "f", "Princess": "f", "Dame": "f", "Lady": "f", "Dr": "", "Prof": "", "Rev": "", "Hon": "",
}  # fmt: skip
"""Forms of address, with the gender that they tell."""

OFFICES = words("""
    Adm Amb CEO CFO COO CTO Capt Col Gen Gov Lt MEP MP Maj Pres Rep Sec Sen Sgt accountant activist actor actress
    administrator admiral adviser advisor advocate aide alderman ambassador analyst anchor anthropologist archbishop
    architect artist assemblyman assemblywoman assistant astronaut astronomer attorney auditor author banker
    barrister biologist bishop blogger broadcaster businessman businesswoman campaigner candidate captain cardinal
    cashier chair chairman chairperson chairwoman chancellor chancellor-designate chaplain chef chemist chief
    co-author co-founder coach coauthor cofounder colonel columnist comedian commander commentator commissioner
    composer comptroller congressman congresswoman constable consultant contractor coordinator correspondent
    councillor councilman councilor councilwoman counsel counselor creator critic curator dean dentist deputy
    designer detective developer diplomat director doctor economist editor educator engineer entrepreneur envoy
    epidemiologist ethicist executive expert farmer filmmaker firefighter forecaster founder freshman general
    geologist geophysicist governor graduate head historian host imam inspector instructor investigator investor
    journalist judge justice king lawmaker lawyer leader lecturer legislator librarian lieutenant lobbyist major
    manager marshal mathematician mayor mediator meteorologist minister musician negotiator neurologist
    neuroscientist newscaster nominee novelist nurse officer official ombudsman organiser organist organizer owner
    paediatrician parliamentarian pastor pathologist pediatrician philanthropist philosopher photographer physicist
    pilot player playwright poet politician pollster pope premier presenter president president-elect priest prince
    princess principal producer professor programmer prosecutor psychiatrist psychologist publisher pundit queen
    rabbi ranger receptionist rector registrar reporter representative researcher retiree reverend sailor scholar
    scientist secretary senator sergeant sheriff singer sociologist soldier solicitor speaker specialist spokesman
    spokesperson spokeswoman strategist student superintendent surgeon surveyor teacher theologian therapist trader
    treasurer trustee undersecretary veteran veterinarian vice-president virologist volunteer waitress warden whip
    writer
""")
"""What people are: before a name, or after it between commas."""

ABBREVIATED = {
    "amb": "ambassador", "capt": "captain", "col": "colonel", "gen": "general", "gov": "governor", "lt": "lieutenant",
    "maj": "major", "pres": "president", "prof": "professor", "rep": "representative", "rev": "reverend",
    "sen": "senator", "sgt": "sergeant",
}  # fmt: skip
"""Offices as they are shortened before names."""

FEMALE_OFFICES = words("actress businesswoman chairwoman congresswoman councilwoman princess queen spokeswoman")

MALE_OFFICES = words("businessman chairman congressman councilman king pope priest prince spokesman")

RANKS = words("Capt Col Gen Gov Jr Lt Maj Rep Sen Sgt Sr St")
"""What is abbreviated before a name, its point being no end of a sentence."""

ORGANIZATIONS = words("""
    Administration Agency Airlines Airways Alliance Army Association Authority Bank Board Broadcasting Brotherhood
    Bureau Cabinet Campaign Center Centre Church Club Coalition College Command Commission Committee Company
    Conference Congress Consulate Corp Corporation Council Court Daily Department District Division Embassy
    Federation Force Forces Foundation Friends Front Fund Gazette Government Group Guard Guardian Hamas Herald
    Hezbollah Hospital House Inc Industries Initiative Institute Institution Journal Kremlin Laboratory League
    Limited Ltd Medical Ministry Mission Movement Museum Nations Navy Network News Observer Office Organisation
    Organization Parliament Party Pentagon Police Post Press Radio Relations School Secretariat Senate Service
    Services Society Studio Studios Taliban Teamsters Telegraph Television Times Tribune Trust Union Unit University
    Wikinews Workers
""")
"""Words that names of organizations have, and those of people do not."""

PLATFORMS = words("Facebook Instagram Medium Periscope Reddit Snapchat Telegram TikTok Tumblr Twitter YouTube")
"""Where people write, and what writes nothing itself: `in a Facebook post`."""

PLACES = words("""
    Avenue Bay Central City County East Eastern Great Island Islands Kingdom Lake Los Mount New North Northern Ocean
    Province Region Republic River Road Saint San Sea South Southern Square State States Street West Western
""")
"""Words that names of places begin with."""

NEVER_NAMES = words("""
    A About Above According Across Activists Additionally After Afterwards Again Against All Almost Along Alongside
    Already Also Although Always Amid Among An Analysts And Another Any Anybody Anyone Anything Anyway Apart April
    Are Around As Aside Asked At August Authorities Because Before Behind Being Below Beneath Beside Besides Better
    Between Beyond Billions Both But By Campaigners Can Come Compared Consider Could Critics Days December
    Demonstrators Despite Did Do Doctors Does Don't Don’t Down Dozens Due During Each Earlier Economists Eight
    Either Eleven Else Elsewhere Employees Enough Even Every Everybody Everyone Everything Everywhere Except Experts
    Far February Few Finally First Five Following For Four Friday From Further Furthermore Given Go Good Had Half
    Has Have Having He Hence Her Here Hey His Hours How However Hundreds I If In Indeed Inside Instead Investigators
    Is It Its January July June Just Keeps Last Later Lawmakers Let Like Likewise Look Make Many March May Maybe
    Meanwhile Might Millions Minutes Moments Monday Months More Moreover Most Much Must My Neighbors Neighbours
    Neither Never Nevertheless Next Nine No Nobody None Nonetheless Nor Not Nothing November Now October Of Off
    Officials Often Okay On Once One Only Onto Opponents Opposite Or Other Others Otherwise Our Out Outside Over
    Parents Past People Per Perhaps Please Police Prior Protesters Quite Rather Recently Reporters Reports
    Researchers Residents Responding Right Said Same Saturday Says Scientists Scores Second See Senators September
    Seven Several Shall She Shortly Should Since Six So Some Somebody Someone Something Sometimes Somewhere Soon
    Source Sources Speaking Still Stop Students Such Sunday Supporters Sure Take Teachers Ten Thank Thanks That The
    Their Then There Thereafter Therefore These They Third This Those Though Thousands Three Through Throughout
    Thursday Thus To Today Together Tomorrow Tonight Too Toward Towards Tuesday Twelve Twenty Two Under Unless
    Unlike Until Up Upon Very Via Voters Wait Was We Wednesday Weeks Well Were What Whatever When Whenever Where
    Whereas Wherever Whether Which Whichever While Who Whoever Whom Whose Why With Within Without Witnesses Workers
    Worse Would Yeah Years Yes Yesterday Yet You Your
""")
"""What begins with a capital and is no name by itself, at a sentence's start or anywhere."""

PARTICLES = words("""
    abu af al al- av ben bin da das de del della den der di dos du el ibn la le ten ter van von y zu
""")
"""What stands in lower case within a person's name."""

LINKS = words("& and at for in of on the")
"""What stands in lower case within an organization's name, between two words with capitals."""

NATIONALITIES = words("""
    Afghan African American Arab Argentine Asian Australian Austrian Belgian Brazilian British Bulgarian Canadian
    Catholic Chilean Chinese Christian Colombian Conservative Croatian Cuban Czech Danish Democrat Democratic Dutch EU
    Egyptian English Ethiopian European Filipino Finnish French German Greek Hungarian Indian Indonesian Iranian Iraqi
    Irish Israeli Italian Japanese Jewish Kenyan Korean Labour Liberal Malaysian Mexican Muslim Nigerian Norwegian
    Pakistani Palestinian Peruvian Polish Republican Romanian Russian Saudi Scottish Serbian Soviet Spanish Swedish
    Swiss Syrian Thai Turkish U.K. U.N. U.S. UK UN US Ukrainian Venezuelan Vietnamese Welsh Western
""")
"""What may stand before a title or an organization and belongs to neither."""
