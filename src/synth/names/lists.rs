//! Given names and family names by naming tradition, the frequent ones first.
//!
//! Compiled for saring from general knowledge of Indonesian names; no list of persons was used. A name stands for a way of
//! naming, never for a group of people: nothing that scores reads it. Order matters: names are drawn with a long tail.
//! Kept out of rustfmt, which would give every name a line.

use super::{Shape, Tradition};

/// Names from Arabic as most Muslim families use them, whatever their region.
const MUSLIM_MEN: &[&str] = &[
    "MUHAMMAD", "AHMAD", "ABDUL", "RIZKI", "FAUZI", "IRFAN", "RAHMAT", "ALI", "YUSUF", "HASAN", "IBRAHIM",
    "SYAHRUL", "ZULFIKAR", "ARIFIN", "AMIR", "BURHAN", "FADLI", "HAMZAH", "ILHAM", "ISMAIL", "KHAIRUL", "LUKMAN",
    "MAHMUD", "NASIR", "RIDWAN", "SALIM", "SYAFII", "TAUFIK", "UMAR", "USMAN", "YUNUS", "ZAINAL", "ZULKIFLI",
    "AZHAR", "BAHRUM", "DARWIS", "FACHRI", "HAFIZ", "IDRIS", "IKHSAN", "JAMALUDDIN", "KAMARUDDIN", "MARWAN",
    "MUKHLIS", "RASYID", "SAIFUL", "SYUKRI", "WAHYU", "REZA", "FIKRI", "FAISAL", "HABIBI", "RAMADHAN", "AKMAL",
    "AULIA", "DAUD", "ISKANDAR", "MUSTAFA", "NURDIN", "SULAIMAN", "SYAHRIAL", "TARMIZI", "YAKUB", "ZAKARIA",
];
const MUSLIM_MEN_SECOND: &[&str] = &[
    "HIDAYAT", "RAHMAN", "AKBAR", "MAULANA", "RAMADHAN", "HAKIM", "ANWAR", "FADILLAH", "ARIF", "RIDHO", "SYAHPUTRA",
    "FAUZAN", "IQBAL", "FAHREZA", "ALFARIZI", "RASYID", "KARIM", "AZIZ", "HALIM", "MALIK", "GHOFUR", "MUTTAQIN",
    "ZAKI", "HANAFI", "LUTHFI", "NAUFAL", "RAFLI", "SYAFIQ", "ALAMSYAH", "FIRMANSYAH", "ARDIANSYAH", "HAMDANI",
    "NASUHA", "SIDDIQ", "WAHID", "HUSEIN", "HABIB", "FURQON", "MUBARAK", "AMIN",
];
const MUSLIM_WOMEN: &[&str] = &[
    "SITI", "NUR", "NURUL", "FITRI", "AISYAH", "FATIMAH", "RAHMA", "ANNISA", "NURHAYATI", "KHADIJAH", "ZAHARA",
    "AMINAH", "MARIANI", "NURAINI", "SYARIFAH", "ROHANI", "HALIMAH", "LAILA", "MASITAH", "NABILA", "RAHMAWATI",
    "SALMA", "ULFA", "YUSNIDAR", "ZUBAIDAH", "ASMAH", "AZIZAH", "FARIDA", "HAFSAH", "HASNAH", "JAMILAH", "KARTIKA",
    "LATIFAH", "MAHDALENA", "MARDIANA", "NAJWA", "NAILA", "RAIHAN", "ROSMIDAR", "SAKINAH", "SALSABILA", "SARAH",
    "SUHAIBAH", "WARDAH", "WIRDA", "YUSRA", "ZAKIAH", "ZULAIKHA", "FADILLA", "HANIFAH", "INTAN", "MAULIDA",
    "MAWADDAH", "NISA", "RAUDHAH", "SUMAYYAH",
];
const MUSLIM_WOMEN_SECOND: &[&str] = &[
    "HASANAH", "RAHAYU", "SARI", "AZZAHRA", "RAHMAH", "JANNAH", "HIDAYAH", "KHAIRANI", "FADHILAH", "RAMADHANI",
    "AULIA", "HUSNA", "MARDHIAH", "ZAHRA", "SAFITRI", "AMALIA", "HANUM", "SYAHFITRI", "AINI", "MAULIDA", "HAYATI",
    "NAZWA", "PUTRI", "SALAMAH", "LESTARI", "ULYA", "IZZATI", "MUTIA", "NADIRA", "QONITA",
];
const JAVANESE_MEN: &[&str] = &[
    "AGUS", "BUDI", "EKO", "SLAMET", "DWI", "TRI", "JOKO", "HERI", "SUGIANTO", "SUPRIADI", "SUTRISNO", "BAMBANG",
    "SUYANTO", "WAHYUDI", "SUPARMAN", "HARTONO", "SUHARTO", "PONIMAN", "SUKARDI", "TUKIMAN", "WAGIMAN", "SUROSO",
    "SUMARNO", "RUSDI", "PRIYONO", "SUDARMAN", "SUWARNO", "MULYONO", "NGATIMAN", "PAIMAN", "SUKIRMAN", "TEGUH",
    "YANTO", "ADI", "DEDI", "EDI", "HENDRA", "ANDI", "ARI", "RUDI", "IWAN", "IMAM", "DIDIK", "GATOT", "KUSNO",
    "LEGIMAN", "MISNO", "PAIJO", "RIYANTO", "SARJONO", "SUBAGYO", "SUMANTRI", "SURATNO", "SUTOMO", "TARJO",
    "WARSITO", "WIDODO", "YUDI", "BAYU", "DIMAS", "GALIH",
];
const JAVANESE_MEN_SECOND: &[&str] = &[
    "SAPUTRA", "SETIAWAN", "PRATAMA", "SANTOSO", "KURNIAWAN", "WIBOWO", "PRASETYO", "NUGROHO", "SUSANTO", "PURNOMO",
    "RAHARJO", "UTOMO", "HARTANTO", "WIJAYANTO", "WICAKSONO", "HANDOKO", "HERMAWAN", "GUNAWAN", "IRAWAN", "SUBEKTI",
    "WAHYUDI", "KUNCORO", "YULIANTO", "ARIANTO", "MULYADI", "SISWANTO", "HARIYADI", "CAHYONO", "PAMUNGKAS",
    "SURYANTO",
];
const JAVANESE_WOMEN: &[&str] = &[
    "SRI", "DEWI", "SUMIATI", "WATI", "SUGIARTI", "PONIYEM", "SUPARTI", "RATNA", "ENDANG", "YULI", "TRI", "DWI",
    "NINGSIH", "SULASTRI", "SUMARNI", "TUMINAH", "WAGINEM", "SUTINAH", "INDAH", "AYU", "LESTARI", "NGATINI",
    "PARTINI", "RUMIYATI", "SARINAH", "SUKINEM", "SUNARTI", "SURYANI", "TITIK", "TUTIK", "YATI", "EKA", "RINI",
    "DIAN", "IKA", "RISKA", "WIWIK", "KASMI", "LASMINI", "MISNAH", "MURNI", "PAINEM", "ROKAYAH", "SAMINEM", "SITI",
    "SUPIYAH", "SUWARTI", "WARTINI", "RETNO", "PUTRI", "MEGA", "VINA", "NOVITA", "DESI", "FEBRI",
];
const JAVANESE_WOMEN_SECOND: &[&str] = &[
    "SARI", "RAHAYU", "WAHYUNI", "LESTARI", "NINGSIH", "HANDAYANI", "ASTUTI", "PUTRI", "ANGGRAINI", "UTAMI",
    "SUSANTI", "PRATIWI", "WULANDARI", "SETYAWATI", "PURNAMA", "MULYANI", "KUSUMAWATI", "SARTIKA", "SUHARTINI",
    "WINARTI", "AGUSTINA", "YULIANTI", "ROHMAH", "INDRIANI", "PERMATASARI",
];
const SUNDANESE_MEN: &[&str] = &[
    "ASEP", "DEDE", "UJANG", "CECEP", "DADANG", "ENTIS", "NANANG", "YAYAN", "AGUS", "IWAN", "DENI", "ENDANG", "AEP",
    "OMAN", "TATANG", "MAMAN", "USEP", "JAJANG", "ADE", "CUCU", "WAWAN", "IYAN", "EUIS", "OTONG",
];
const SUNDANESE_WOMEN: &[&str] = &[
    "NENENG", "EUIS", "IIS", "AI", "LILIS", "CUCU", "ENTIN", "IDA", "IMAS", "TETI", "YANI", "WIDA", "ELIS", "TITIN",
    "NENI", "RINA", "EMA", "ROS", "YUYUN", "AAN",
];
const SUNDANESE_SECOND: &[&str] = &[
    "SUTISNA", "HIDAYAT", "SUPRIATNA", "RUHIYAT", "KURNIA", "SOPIAN", "MULYANA", "PERMANA", "GUNAWAN", "RUSTANDI",
    "NURJAMAN", "SUHENDAR", "KOSASIH", "SURYANA", "WIHARJA", "KOMALA",
];
const BATAK_MEN: &[&str] = &[
    "JHON", "ROBERT", "DANIEL", "PARLINDUNGAN", "TUMPAL", "MANGASI", "HOTMAN", "SAHAT", "JONATHAN", "BINSAR",
    "POLTAK", "JEKSON", "RIKARDO", "MARULI", "SABAM", "TOGAR", "BONAR", "EDISON", "FERNANDO", "GOMGOM", "HASIHOLAN",
    "JANNES", "KRISTIAN", "LAMHOT", "MARIHOT", "NELSON", "OLOAN", "PANGIHUTAN", "RAMLI", "SAUT", "TIGOR",
    "ALEXANDER", "ANDREAS", "ANTONIUS", "BENNY", "CHARLES", "DAVID", "ERWIN", "FRANS", "GABRIEL", "HENDRIK",
    "IMMANUEL", "JOSUA", "KEVIN", "LEONARDO", "MARKUS", "NATANAEL", "PETRUS", "RICKY", "SAMUEL", "THOMAS",
    "YOHANES", "HALOMOAN", "MANGARA", "PANUSUNAN", "RONALD", "SUDIRMAN",
];
const BATAK_MEN_SECOND: &[&str] = &[
    "PARULIAN", "HASIHOLAN", "PARLINDUNGAN", "MARULI", "HAMONANGAN", "TUA", "SAHALA", "HALOMOAN", "FRANSISKO",
    "KRISTIAN", "MARTUA", "PANDAPOTAN", "GABE", "HOTASI", "OCTAVIANUS", "TOGI", "ASI", "MAROJAHAN", "BONA",
    "ARITONANG",
];
const BATAK_WOMEN: &[&str] = &[
    "ROSMAULI", "LAMRIA", "MARIA", "TIURMA", "HOTMAULI", "ELISABET", "MERI", "RIRIS", "DESMA", "JULIANA", "LASTRI",
    "NURMAIDA", "PINTA", "ROMAULI", "SONDANG", "TIOMINAR", "YOHANA", "AGNES", "BERTHA", "CHRISTINA", "DAMERIA",
    "ESTER", "FRISKA", "GRACE", "HELENA", "IMELDA", "JUNITA", "KRISTIN", "LINDA", "MARTALENA", "NOVITA", "ORIZA",
    "PUTRI", "RENTA", "SERLI", "TETTY", "VERONIKA", "WINDA", "YANTI", "ASIMA", "BONITA", "DORTI", "ERLINA",
    "FEBRINA", "GLORIA", "HERLINA", "INTAN", "LUSIANA", "MELDA", "NETTI", "RATNA", "ROTUA", "SANTA", "TIARMA",
];
const BATAK_WOMEN_SECOND: &[&str] = &[
    "MAGDALENA", "ROMAULI", "YOLANDA", "NATALIA", "ULINA", "MARLINA", "SAULINA", "THERESIA", "OKTAVIA", "LESTARI",
    "KRISTINA", "ANGELINA", "DELIMA", "EKARISTI", "MAULI", "NAOMI", "PASKARIA", "SARTIKA", "TIURLINA", "VALENTINA",
];
const TOBA_CLANS: &[&str] = &[
    "SIMANJUNTAK", "SINAGA", "SITUMORANG", "SIAHAAN", "SITORUS", "SIHOMBING", "PASARIBU", "SIMBOLON", "HUTABARAT",
    "MANURUNG", "MARPAUNG", "SILALAHI", "NAINGGOLAN", "GULTOM", "PANJAITAN", "SIMATUPANG", "TAMBUNAN", "SITOMPUL",
    "SIMAMORA", "SIAGIAN", "HUTAGALUNG", "ARITONANG", "SIANTURI", "SAGALA", "SIRAIT", "MANALU", "LUMBAN TOBING",
    "LUMBAN GAOL", "PARDEDE", "TAMPUBOLON", "NAPITUPULU", "BUTAR BUTAR", "SIREGAR", "HUTAPEA", "SIBARANI",
    "PAKPAHAN", "RAJAGUKGUK", "SIBURIAN", "HUTAURUK",
];
const SIMALUNGUN_PAKPAK_CLANS: &[&str] = &[
    "SARAGIH", "PURBA", "DAMANIK", "SINAGA", "MANIK", "BERUTU", "SOLIN", "BANUREA", "BAKO", "GIRSANG", "SIPAYUNG",
    "PADANG", "ANGKAT", "MAHARAJA",
];
const MANDAILING_CLANS: &[&str] = &[
    "NASUTION", "LUBIS", "HARAHAP", "SIREGAR", "HASIBUAN", "RITONGA", "DAULAY", "PULUNGAN", "RAMBE", "BATUBARA",
    "RANGKUTI", "POHAN", "HUTASUHUT", "TANJUNG", "MATONDANG", "PARINDURI", "BATU BARA", "SIMAMORA", "DALIMUNTHE",
    "NST", "LBS",
];
const KARO_CLANS: &[&str] = &[
    "GINTING", "SEMBIRING", "TARIGAN", "SITEPU", "KARO-KARO", "PERANGIN-ANGIN", "KABAN", "BANGUN", "BARUS",
    "SURBAKTI", "SINULINGGA", "KETAREN", "BUKIT", "PINEM", "MELIALA", "PERANGINANGIN", "KAROKARO", "SINUHAJI",
];
const KARO_MEN: &[&str] = &[
    "DANIEL", "EDY", "JENDA", "KORNELIUS", "MALEM", "NGAJAR", "PERDANA", "RASMI", "ROY", "SURYA", "TERANG", "ANDRE",
    "BASTANTA", "CHANDRA", "DEDI", "EFRAIM", "GELORA", "IVAN", "JASA", "KRISTIAN", "LESTARI", "MBELIN", "NATANAEL",
    "PETRUS", "RIAN", "SADA", "TEKEN", "ULIH", "YOSIA",
];
const KARO_WOMEN: &[&str] = &[
    "RIBKA", "ROSLINDA", "SRI ULINA", "MARIA", "NGENA", "PESTA", "RAHEL", "SERIANI", "TERKELIN", "YEMIMA", "AGNES",
    "BUNGA", "DELIMA", "EMIA", "FERAWATI", "IVANA", "JUSTIKA", "KATARINA", "LIDIA", "MALEMTA", "NOVA", "PIPIT",
    "RUTH", "SARTIKA", "TUTI", "ULINA", "VERA", "WINDA",
];
const NIAS_CLANS: &[&str] = &[
    "GULO", "ZEBUA", "HAREFA", "TELAUMBANUA", "LAIA", "LASE", "HALAWA", "ZEGA", "WARUWU", "HULU", "MENDROFA",
    "ZENDRATO", "GEA", "NDRURU", "DAKHI", "DUHA", "BUULOLO", "ZAI", "ZALUKHU", "LAOLI", "DAELI", "SARUMAHA",
    "GIAWA", "WAU",
];
const NIAS_MEN: &[&str] = &[
    "YANUARI", "FAOZISOKHI", "SOKHIATULO", "ATONI", "FATOLOSA", "ELISAMA", "HEZATULO", "OTONI", "SABARUDIN",
    "TEMAZISOKHI", "YASOKHI", "AROZATULO", "BEZISOKHI", "DALIMANO", "EMANUEL", "FOLOO", "KRISMAN", "MARTINUS",
    "SOZISOKHI", "YULIUS",
];
const NIAS_WOMEN: &[&str] = &[
    "MURNIWATI", "YULIANA", "DARNIMAN", "ELISABET", "FERIDA", "IDAMAN", "KASIHANI", "LISMAWATI", "MARIANA",
    "NIBENI", "OSARAO", "RATIMA", "SADARIA", "TALIMBANUA", "WINARNI", "YARNIWATI", "SINEMA", "RESTU",
];
const MALAY_SECOND: &[&str] = &[
    "SYAHPUTRA", "EFFENDI", "ISKANDAR", "SYAH", "ANSARI", "HAMDANI", "BAHRI", "ASWAD", "LAZUARDI", "FIRDAUS",
    "ZAIN", "RIZAL", "BASRI", "HELMI", "DARUSSALAM", "AZMI",
];
const MALAY_WOMEN_SECOND: &[&str] = &[
    "SURAYA", "MAISARAH", "ZULHIJJAH", "SYAFRIDA", "AZLINA", "MASYITAH", "RUSMINI", "DELIMA", "MELATI", "NILAWATI",
    "ZURAIDA", "HAFNI", "SALBIAH", "RUKIAH",
];
const MINANG_MEN: &[&str] = &[
    "AFRIZAL", "SYAFRIL", "YUSRIL", "HENDRI", "RIKI", "ZULHENDRI", "ERIZAL", "FERI", "YULFI", "DASRIL", "NASRUL",
    "ARDI", "BUYUNG", "DONI", "EFRIADI", "GUSRIL", "INDRA", "JASMAN", "MASRIL", "NOFRI", "OKTAVIANUS", "RONI",
    "SYAMSUL", "YONDRI",
];
const MINANG_WOMEN: &[&str] = &[
    "YULIA", "MURNIATI", "ELVI", "DESMAWATI", "ERNAWATI", "FITRIA", "GUSNIATI", "HASNIDAR", "IRMA", "LENI",
    "MISRAWATI", "NELFITA", "OKTAVIA", "RAHMI", "SILVIA", "UPIK", "WIRDANETI", "YENI", "YUSMANIAR", "ZURNIATI",
    "RESTI", "MELISA",
];
const MINANG_SECOND: &[&str] = &[
    "TANJUNG", "CHANIAGO", "PILIANG", "KOTO", "SIKUMBANG", "PUTRA", "ANDIKA", "SYAPUTRA", "JAMBAK", "MELAYU",
    "GUSTI", "FIRMAN",
];
const ACEH_MEN: &[&str] = &[
    "MUHAMMAD", "TEUKU", "ABDULLAH", "MUZAKIR", "MUNAWAR", "ZULFAN", "BUKHARI", "FAUZAN", "HASBALLAH", "IQBAL",
    "JAFARUDDIN", "MAHDI", "MUKHTAR", "NURDIN", "RAZALI", "SAID", "TARMIZI", "YUSRI", "ZAINUDDIN", "SYARWAN",
    "AGUSSALIM", "BAIHAQI",
];
const ACEH_WOMEN: &[&str] = &[
    "CUT", "NURLAILA", "NURMALA", "MAULINA", "SALBIAH", "ASMAWATI", "DARMAWATI", "FAUZIAH", "HAYATUN", "IDAWATI",
    "JURAIDA", "KHAIRUNNISA", "MARIANA", "MUTIA", "NAZIRAH", "RAUZAH", "SAFRIDA", "TIHAWA", "YUSNIAR", "ZAHRATUN",
    "RATNAWATI",
];
const ACEH_SECOND: &[&str] = &[
    "SYAHPUTRA", "HUSAINI", "MAULANA", "RIZAL", "KHALID", "SABRI", "FITRI", "NURJANNAH", "MEUTIA", "RAHMATILLAH",
    "ISKANDAR", "AULIA", "RAMADHAN", "FAJRI", "ULFA", "MAHMUD",
];
pub(super) const BALI_ORDER: &[&str] = &[
    "WAYAN", "MADE", "KETUT", "NYOMAN", "PUTU", "KADEK", "KOMANG", "GEDE", "NENGAH",
];
const BALI_MEN: &[&str] = &[
    "SUDARMA", "ARTAWAN", "SUARDANA", "WIRAWAN", "ADNYANA", "SUKERTA", "MERTA", "PARWATA", "SUWIRYA", "BUDIARTA",
    "KARTIKA", "SUDIANA", "YASA", "DHARMA", "ARDANA", "WIDIANTARA", "SUASTIKA", "MAHARDIKA",
];
const BALI_WOMEN: &[&str] = &[
    "SUARTINI", "WIDIASTUTI", "SUKARTI", "ARYANI", "SUDIASIH", "PUSPAWATI", "RATNADI", "MURNIASIH", "LESTARI",
    "DEWI", "SRI ANTARI", "NOVIYANTI", "CANDRAWATI", "ARIANTINI", "SARASWATI", "YULIANI",
];
const CHINESE_MEN: &[&str] = &[
    "HENDRA", "BUDI", "ANTON", "JOHAN", "RUDY", "ERIC", "STEVEN", "WILSON", "KEVIN", "VINCENT", "ALBERT", "ANDY",
    "BENNY", "CHANDRA", "DENNY", "EDWARD", "FREDDY", "HERMAN", "JIMMY", "KELVIN", "LEONARDO", "MICHAEL", "NICHOLAS",
    "RICHARD", "SUSANTO", "TONY", "WILLIAM", "YANTO", "ALEXANDER", "JACKY",
];
const CHINESE_WOMEN: &[&str] = &[
    "LINDA", "SUSAN", "MERRY", "JULIANA", "LILY", "MELISSA", "JENNIFER", "VIVIAN", "CINDY", "ERLINA", "FELICIA",
    "HELEN", "IRENE", "JESSICA", "KAREN", "LANNY", "MONICA", "NATALIA", "SHERLY", "STEPHANIE", "TINA", "VERONICA",
    "WINNIE", "YENNY", "YULIANA", "ANGELINE", "CHRISTINE", "SELVIA",
];
const CHINESE_FAMILY: &[&str] = &[
    "WIJAYA", "TAN", "LIM", "HALIM", "GUNAWAN", "SALIM", "TANUWIJAYA", "CHANDRA", "LEE", "ONG", "KUSUMA", "HARTONO",
    "SUTANTO", "WONG", "CHAN", "TJANDRA", "LAUW", "ANG", "HUANG", "LIE", "GO", "KURNIAWAN", "SUSANTO", "THE",
    "SUGIANTO", "LAURENT", "TANDIONO", "WIRYAWAN", "OEI", "NG",
];
pub(super) const CHINESE_SYLLABLES: &[&str] = &[
    "MEI", "LING", "HUA", "SIONG", "BENG", "KIAT", "HONG", "SENG", "LAN", "HOA", "GIOK", "SIOK", "ENG", "TJUN",
    "AI", "POH", "KIM", "SWEE", "TEK", "BIE",
];
const EAST_MEN: &[&str] = &[
    "YOHANES", "PAULUS", "STEFANUS", "PETRUS", "YOSEF", "MARTINUS", "ALBERTUS", "DOMINIKUS", "FRANSISKUS",
    "GREGORIUS", "HENDRIKUS", "IGNASIUS", "KORNELIS", "LAMBERTUS", "MARKUS", "NIKOLAUS", "OKTOVIANUS", "PIUS",
    "RAFAEL", "SILVESTER", "TITUS", "VIKTOR", "WILHELMUS", "YAKOBUS", "ZAKARIAS",
];
const EAST_WOMEN: &[&str] = &[
    "MARIA", "YULIANA", "THERESIA", "MARGARETA", "ANASTASIA", "BERNADETA", "DOROTEA", "ELISABET", "FRANSISKA",
    "GENOVEVA", "HERMINA", "IRENE", "KATARINA", "LUSIA", "MAGDALENA", "NATALIA", "PAULINA", "REGINA", "SUSANA",
    "VERONIKA", "YOHANA",
];
const EAST_SECOND: &[&str] = &[
    "GORETTI", "FERDINAN", "ALOYSIUS", "ROSARI", "IMELDA", "YASINTA", "DAMIANUS", "KAROLUS", "ANJELA", "MIKAEL",
];
const EAST_FAMILY: &[&str] = &[
    "WENDA", "KOGOYA", "TABUNI", "LAMAPAHA", "NAHAK", "BERE", "SERAN", "LEWAR", "DJAWA", "MANUHUTU",
    "PATTINASARANY", "LATUPEIRISSA", "SAHETAPY", "RUMBIAK", "WANGGAI", "MANDACAN", "KAMBU", "WARINUSSY", "TUHUMURY",
    "TALAKUA", "MANOPPO", "LUMINTANG", "RUMENGAN", "TUMEWU", "NDUN", "TAEK",
];

use Shape::{BirthOrder, Boru, Clan, First, Second, Syllable};

/// Every tradition. The order is that of [`super::Origin`].
pub(super) const TRADITIONS: &[Tradition] = &[
    Tradition {
        men: BATAK_MEN,
        women: BATAK_WOMEN,
        men_second: BATAK_MEN_SECOND,
        women_second: BATAK_WOMEN_SECOND,
        families: TOBA_CLANS,
        men_shapes: &[
            (&[First, Clan], 52),
            (&[First, Second, Clan], 40),
            (&[First, Second, Second, Clan], 4),
            (&[First], 4),
        ],
        women_shapes: &[
            (&[First, Clan], 42),
            (&[First, Second, Clan], 32),
            (&[First, Boru, Clan], 14),
            (&[First, Second, Boru, Clan], 4),
            (&[First], 8),
        ],
    },
    Tradition {
        men: MUSLIM_MEN,
        women: MUSLIM_WOMEN,
        men_second: MUSLIM_MEN_SECOND,
        women_second: MUSLIM_WOMEN_SECOND,
        families: MANDAILING_CLANS,
        men_shapes: &[(&[First, Clan], 36), (&[First, Second, Clan], 52), (&[First, Second], 8), (&[First], 4)],
        women_shapes: &[(&[First, Clan], 32), (&[First, Second, Clan], 48), (&[First, Second], 12), (&[First], 8)],
    },
    Tradition {
        men: KARO_MEN,
        women: KARO_WOMEN,
        men_second: BATAK_MEN_SECOND,
        women_second: BATAK_WOMEN_SECOND,
        families: KARO_CLANS,
        men_shapes: &[(&[First, Clan], 62), (&[First, Second, Clan], 36), (&[First], 2)],
        women_shapes: &[
            (&[First, Boru, Clan], 50),
            (&[First, Clan], 24),
            (&[First, Second, Boru, Clan], 22),
            (&[First], 4),
        ],
    },
    Tradition {
        men: BATAK_MEN,
        women: BATAK_WOMEN,
        men_second: BATAK_MEN_SECOND,
        women_second: BATAK_WOMEN_SECOND,
        families: SIMALUNGUN_PAKPAK_CLANS,
        men_shapes: &[(&[First, Clan], 60), (&[First, Second, Clan], 40)],
        women_shapes: &[(&[First, Clan], 48), (&[First, Second, Clan], 38), (&[First, Boru, Clan], 14)],
    },
    Tradition {
        men: NIAS_MEN,
        women: NIAS_WOMEN,
        men_second: EAST_MEN,
        women_second: EAST_WOMEN,
        families: NIAS_CLANS,
        men_shapes: &[(&[First, Clan], 66), (&[First, Second, Clan], 32), (&[First], 2)],
        women_shapes: &[(&[First, Clan], 64), (&[First, Second, Clan], 32), (&[First], 4)],
    },
    Tradition {
        men: MUSLIM_MEN,
        women: MUSLIM_WOMEN,
        men_second: MALAY_SECOND,
        women_second: MALAY_WOMEN_SECOND,
        families: &["TENGKU", "WAN", "SYED", "RAJA"],
        men_shapes: &[
            (&[First, Second], 66),
            (&[First], 20),
            (&[First, First, Second], 8),
            (&[Clan, First, Second], 6),
        ],
        women_shapes: &[(&[First, Second], 62), (&[First], 26), (&[First, First, Second], 7), (&[Clan, First], 5)],
    },
    Tradition {
        men: JAVANESE_MEN,
        women: JAVANESE_WOMEN,
        men_second: JAVANESE_MEN_SECOND,
        women_second: JAVANESE_WOMEN_SECOND,
        families: &[],
        men_shapes: &[(&[First, Second], 58), (&[First], 27), (&[First, First, Second], 15)],
        women_shapes: &[(&[First, Second], 58), (&[First], 26), (&[First, First, Second], 16)],
    },
    Tradition {
        men: SUNDANESE_MEN,
        women: SUNDANESE_WOMEN,
        men_second: SUNDANESE_SECOND,
        women_second: JAVANESE_WOMEN_SECOND,
        families: &[],
        men_shapes: &[(&[First, Second], 74), (&[First], 22), (&[First, Second, Second], 4)],
        women_shapes: &[(&[First, Second], 70), (&[First], 26), (&[First, First], 4)],
    },
    Tradition {
        men: MINANG_MEN,
        women: MINANG_WOMEN,
        men_second: MINANG_SECOND,
        women_second: MUSLIM_WOMEN_SECOND,
        families: &[],
        men_shapes: &[(&[First], 44), (&[First, Second], 50), (&[First, First, Second], 6)],
        women_shapes: &[(&[First], 34), (&[First, Second], 58), (&[First, First, Second], 8)],
    },
    Tradition {
        men: ACEH_MEN,
        women: ACEH_WOMEN,
        men_second: ACEH_SECOND,
        women_second: ACEH_SECOND,
        families: &[],
        men_shapes: &[(&[First], 42), (&[First, Second], 46), (&[First, First, Second], 12)],
        women_shapes: &[(&[First], 40), (&[First, Second], 50), (&[First, First, Second], 10)],
    },
    Tradition {
        men: BALI_MEN,
        women: BALI_WOMEN,
        men_second: BALI_MEN,
        women_second: BALI_WOMEN,
        families: &[],
        men_shapes: &[(&[BirthOrder, First], 78), (&[BirthOrder, First, Second], 22)],
        women_shapes: &[(&[BirthOrder, First], 78), (&[BirthOrder, First, Second], 22)],
    },
    Tradition {
        men: CHINESE_MEN,
        women: CHINESE_WOMEN,
        men_second: CHINESE_MEN,
        women_second: CHINESE_WOMEN,
        families: CHINESE_FAMILY,
        men_shapes: &[
            (&[First, Clan], 50),
            (&[First], 24),
            (&[First, Second, Clan], 10),
            (&[Clan, Syllable, Syllable], 16),
        ],
        women_shapes: &[
            (&[First, Clan], 46),
            (&[First], 28),
            (&[First, Second, Clan], 8),
            (&[Clan, Syllable, Syllable], 18),
        ],
    },
    Tradition {
        men: EAST_MEN,
        women: EAST_WOMEN,
        men_second: EAST_SECOND,
        women_second: EAST_SECOND,
        families: EAST_FAMILY,
        men_shapes: &[(&[First, Clan], 62), (&[First, Second, Clan], 36), (&[First], 2)],
        women_shapes: &[(&[First, Clan], 56), (&[First, Second, Clan], 42), (&[First], 2)],
    },
    Tradition {
        men: MUSLIM_MEN,
        women: MUSLIM_WOMEN,
        men_second: MUSLIM_MEN_SECOND,
        women_second: MUSLIM_WOMEN_SECOND,
        families: &[],
        men_shapes: &[
            (&[First, Second], 62),
            (&[First, First, Second], 18),
            (&[First], 16),
            (&[First, First, Second, Second], 4),
        ],
        women_shapes: &[
            (&[First, Second], 62),
            (&[First, First, Second], 14),
            (&[First], 20),
            (&[First, First, Second, Second], 4),
        ],
    },
];
