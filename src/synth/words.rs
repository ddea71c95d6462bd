//! The words that invented addresses, institutions and sentences are made of.
//!
//! Common words of the country, chosen by us; which street lies where, and every house, is invented. Places abroad are
//! real towns, hospitals and hotels in them are not. Kept out of rustfmt, which would give every word a line.

use super::application::Purpose;

/// Street names as every town has them.
pub(super) const STREETS: &[&str] = &[
    "MERDEKA", "SUDIRMAN", "GATOT SUBROTO", "DIPONEGORO", "IMAM BONJOL", "AHMAD YANI", "SISINGAMANGARAJA",
    "KARTINI", "PEMUDA", "PAHLAWAN", "MAWAR", "MELATI", "ANGGREK", "KENANGA", "CEMPAKA", "FLAMBOYAN", "DAHLIA",
    "TERATAI", "KAMBOJA", "BOUGENVILLE", "GARUDA", "RAJAWALI", "MERPATI", "CENDRAWASIH", "KUTILANG", "NURI",
    "ELANG", "WALET", "MANGGA", "RAMBUTAN", "DURIAN", "JAMBU", "NANGKA", "KELAPA", "PINANG", "MAHONI", "JATI",
    "CEMARA", "BERINGIN", "AKASIA", "PENDIDIKAN", "SEKOLAH", "MESJID", "GEREJA", "PASAR BARU", "STASIUN",
    "PELABUHAN", "KESEHATAN", "KOPERASI", "SWADAYA", "KARYA", "SETIA BUDI", "BAHAGIA", "DAMAI", "RUKUN", "BAKTI",
    "HARAPAN", "SENTOSA", "MAKMUR", "SEJAHTERA", "VETERAN", "GAJAH MADA", "HAYAM WURUK", "SULTAN AGUNG",
    "PATTIMURA", "CUT NYAK DIEN", "TEUKU UMAR", "HASANUDDIN", "YOS SUDARSO", "PERINTIS", "PANGLIMA DENAI",
    "LINTAS TIMUR", "BESAR", "LAMA", "SIMPANG EMPAT", "KEBUN SAYUR", "SAWAH LEBAR", "BUKIT INDAH", "SUNGAI MATI",
    "PANTAI INDAH",
];

/// Names of alleys.
pub(super) const ALLEYS: &[&str] = &[
    "SEDERHANA", "KELUARGA", "AMAN", "DAME", "MELUR", "SELAMAT", "BERSAMA", "PIPIT", "SENTOSA", "BARU", "TENGAH",
    "KECIL", "MUSHOLLA", "SUMUR", "BAMBU", "PISANG",
];

/// What housing estates call themselves.
pub(super) const ESTATES: &[&str] = &[
    "PERUM GRIYA", "KOMP.", "PERUMAHAN", "TAMAN", "BTN", "GRAHA",
];

/// Village names of the kind that occurs all over the country.
pub(super) const VILLAGES: &[&str] = &[
    "SUKA MAJU", "SUKA DAMAI", "SUKA RAMAI", "TANJUNG SARI", "TANJUNG MULIA", "TANJUNG REJO", "SIDOREJO",
    "SIDOMULYO", "SIDODADI", "MEKAR SARI", "MEKAR JAYA", "HARAPAN BARU", "PASAR BARU", "KAMPUNG BARU",
    "BANDAR BARU", "BANDAR KHALIPAH", "SEI PUTIH", "SEI MATI", "SEI ROTAN", "PULAU GADING", "TITI KUNING",
    "TELADAN", "PETISAH", "SIMPANG TIGA", "SIMPANG SELAYANG", "PADANG BULAN", "PADANG MATINGGI", "GUNUNG TUA",
    "GUNUNG SARI", "LUBUK PAKAM LAMA", "LUBUK BARU", "BATANG KUIS LAMA", "PAYA GELI", "PAYA BAKUNG", "KUALA BESAR",
    "KUALA SIMPANG LAMA", "PERCUT LAMA", "HELVETIA BARU", "SARI REJO", "KARANG SARI", "KARANG ANYAR", "WONOSARI",
    "PURWODADI", "PURWOSARI", "MARGO MULYO", "TEGAL SARI", "BANGUN SARI", "BANGUN REJO", "MARIHAT",
    "DOLOK MERAWAN BARU", "HUTA BARU", "HUTA PADANG", "SIBORONG", "AEK NAULI", "AEK TAPA", "BATU LIMA", "BATU ANAM",
    "PANTAI LABU LAMA", "TEMBUNG LAMA", "MEDAN KRIO LAMA", "RENGAS PULAU LAMA", "TERJUN BARU", "SIALANG",
    "RAMBUNG MERAH", "KEBUN LADA", "JATI MAKMUR", "JATI UTOMO", "CINTA DAMAI", "CINTA RAKYAT", "MAKMUR JAYA",
];

/// Hospitals abroad, all invented.
pub(super) const HOSPITALS: &[&str] = &[
    "SERI MUTIARA", "BUKIT CAHAYA", "TANJUNG HARMONI", "PULAU SEHAT", "KASIH IBU", "TIMUR RAYA", "LAGOON", "SUTERA",
    "DAMAI PERDANA", "LEMBAH HIJAU",
];

/// Hotels abroad, all invented.
pub(super) const HOTELS: &[&str] = &[
    "MUTIARA", "SERI PELANGI", "ORIENTAL STAR", "GOLDEN BAY", "RAINBOW INN", "SENTRAL", "PARK VIEW", "CITY LODGE",
    "SUNWAY BAY", "LAKESIDE", "GARDEN PALACE", "ROYAL ORCHID", "THE HARBOUR", "BUDGET INN", "SKYLINE", "EMERALD",
    "PEARL RESORT",
];

/// Roads abroad.
pub(super) const ROADS: &[&str] = &[
    "JALAN BURMA", "JALAN MASJID", "LORONG 3", "JALAN TAMAN INDAH", "TAMAN SERI", "JALAN BESAR", "PERSIARAN UTAMA",
    "JALAN KEBUN", "JALAN STESEN", "LORONG PERMAI", "JALAN MELAWATI", "TAMAN CEMPAKA", "JALAN RAJA", "KAMPUNG BARU",
];

/// How a sentence about a journey begins, most often not at all.
pub(super) const OPENINGS: &[&str] = &[
    "", "mau ", "untuk ", "rencana ", "ingin ", "insya allah ", "akan ", "keperluan ",
];

/// How it ends, most often not at all.
pub(super) const ENDINGS: &[&str] = &[
    "", " tahun ini", " bulan depan", " naik feri", " naik pesawat", " saat libur sekolah", " akhir tahun",
    " setelah lebaran", " bila ada tiket murah", " tiket sudah dipesan", " menginap di hotel",
    " menginap di rumah saudara", " biaya sendiri", " dibiayai anak", " sekalian belanja", " dan kembali bekerja",
    " baru pertama kali", " sudah pernah ke sana", " awal bulan", " minggu kedua", " kalau paspor sudah jadi",
    " pulang pergi", " dari kualanamu", " lewat dumai", " lewat tanjung balai",
];

/// A place in a country without a list.
pub(super) const ELSEWHERE: &[&str] = &[
    "IBU KOTA", "PUSAT KOTA",
];

/// Words in the names of religious institutions and pilgrimage organisers.
pub(super) const PIOUS: &[&str] = &[
    "AL BAROKAH", "NUR CAHAYA", "AL IKHLAS", "DARUL AMAN", "AR RAUDHAH", "AL FALAH", "SAFA MARWA", "BAITUL MAKMUR",
    "NURUL IMAN", "AL HIJRAH", "AS SALAM", "RAHMATAN", "AL MUNAWWAR", "DARUL ULUM", "NUR RAMADHAN", "AL KAUTSAR",
    "MADINATUL ILMI", "AL AMIN",
];

/// Words in the names of companies and schools.
pub(super) const PLAIN: &[&str] = &[
    "BINTANG TIMUR", "CAHAYA ABADI", "MITRA SEJATI", "KARYA UTAMA", "TUNAS BANGSA", "HARAPAN JAYA", "SINAR BUANA",
    "PUTRA MANDIRI", "CIPTA KARSA", "SUMBER REZEKI", "MEKAR INDAH", "BAKTI PERSADA", "GRAHA INSANI",
    "PERINTIS MUDA", "PRIMA SENTOSA", "RAJAWALI", "ANDALAS RAYA", "DELIMA AGUNG", "PELITA HATI", "SAMUDRA LUAS",
];

/// A second word in any such name.
pub(super) const SECOND: &[&str] = &[
    "WISATA", "SEJAHTERA", "INDONESIA", "PERSADA", "UTAMA", "GEMILANG", "BERSAMA", "MAKMUR", "JAYA", "SENTOSA",
    "PRATAMA", "ABADI", "LESTARI",
];

/// Towns abroad by country, those named most often first.
pub(super) const PLACES: &[(&str, &[&str])] = &[
    ("MY", &["PENANG", "KUALA LUMPUR", "MELAKA", "JOHOR BAHRU", "IPOH", "LANGKAWI", "GENTING", "SHAH ALAM", "KLANG", "ALOR SETAR", "KUCHING"]),
    ("SG", &["SINGAPURA", "JURONG", "TAMPINES", "WOODLANDS"]),
    ("TH", &["BANGKOK", "HAT YAI", "PHUKET", "PATTAYA", "CHIANG MAI"]),
    ("SA", &["MAKKAH", "MADINAH", "JEDDAH"]),
    ("JP", &["TOKYO", "OSAKA", "NAGOYA", "FUKUOKA"]),
    ("KH", &["PHNOM PENH", "SIEM REAP", "SIHANOUKVILLE", "BAVET"]),
    ("MM", &["YANGON", "MYAWADDY", "MANDALAY"]),
    ("TW", &["TAIPEI", "TAICHUNG", "KAOHSIUNG"]),
    ("CN", &["GUANGZHOU", "BEIJING", "SHANGHAI", "XIAMEN"]),
    ("AU", &["SYDNEY", "MELBOURNE", "PERTH"]),
    ("KR", &["SEOUL", "BUSAN"]),
    ("VN", &["HANOI", "HO CHI MINH", "DA NANG"]),
    ("EG", &["KAIRO"]),
    ("HK", &["KOWLOON", "HONG KONG"]),
];

/// What somebody does on a journey, and with whom or how.
pub(super) fn phrases(purpose: Purpose) -> (&'static [&'static str], &'static [&'static str]) {
    match purpose {
        Purpose::Medical => (
            &["berobat", "check up", "kontrol kesehatan", "pemeriksaan jantung", "operasi mata", "berobat jalan", "konsultasi dokter"],
            &["", " ditemani anak", " bersama suami", " didampingi keluarga", " bersama ibu"],
        ),
        Purpose::Family => (
            &["mengunjungi kakak", "jenguk anak", "kunjungan keluarga", "melihat cucu", "mengunjungi paman", "menghadiri pernikahan saudara", "jenguk orang tua", "mengunjungi adik"],
            &["", " yang tinggal di sana", " yang bekerja di sana", " yang sudah menetap", " dan keluarganya"],
        ),
        Purpose::Umrah | Purpose::Hajj => (
            &["ibadah umrah", "umrah", "umrah bersama rombongan", "melaksanakan ibadah"],
            &["", " bersama orang tua", " bersama keluarga", " dengan biro"],
        ),
        Purpose::Study => (
            &["kuliah", "melanjutkan studi", "kursus bahasa", "sekolah", "pertukaran pelajar"],
            &["", " program sarjana", " dengan beasiswa", " biaya sendiri"],
        ),
        Purpose::MigrantWork | Purpose::FormalWork | Purpose::Trainee | Purpose::SchoolExchange => (
            &["bekerja", "bekerja di pabrik", "bekerja sesuai kontrak", "program magang", "bekerja di restoran", "perawat lansia"],
            &["", " melalui perusahaan", " kontrak 2 tahun", " sudah ada kontrak"],
        ),
        Purpose::Business | Purpose::Official => (
            &["urusan bisnis", "bertemu rekan usaha", "pameran dagang", "rapat kantor", "pelatihan kantor", "membeli barang dagangan"],
            &["", " bersama atasan", " dengan undangan", " mewakili kantor"],
        ),
        Purpose::NoPlan => (
            &["untuk jaga-jaga", "persiapan saja", "belum ada rencana pasti", "ingin punya paspor"],
            &["", " siapa tahu perlu", " dulu"],
        ),
        Purpose::Tourism | Purpose::Pilgrimage | Purpose::Other => (
            &["jalan-jalan", "liburan", "wisata", "berlibur", "wisata keluarga", "liburan sekolah", "jalan jalan sambil belanja", "melihat pameran"],
            &["", " bersama keluarga", " dengan teman kantor", " bersama teman", " dengan rombongan", " sendiri", " bersama istri"],
        ),
    }
}
