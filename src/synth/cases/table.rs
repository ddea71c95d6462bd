//! The table of stories: first the planted ones, then the innocent look-alikes.

use super::super::outcome::Ending;
use super::Spread::{Anytime, Apart, OneDay, Within};
use super::{Story, as_anybody, groups, identities, mostly_unnoticed, people, rings};

const PLANTED: Story = Story {
    code: "",
    planted: true,
    share: 0,
    sizes: (1, 1),
    spread: Anytime,
    one_person: false,
    first_away: false,
    wishes: rings::recruit,
    play: |_, _| {},
    ending: mostly_unnoticed,
};

const INNOCENT: Story = Story { planted: false, wishes: groups::anybody, ending: as_anybody, ..PLANTED };

/// Every kind of story.
pub(in crate::synth) const STORIES: &[Story] = &[
    // Rings: people who share a sponsor, a go-between, an answer, a house, a hand that makes accounts, a receiver abroad.
    Story {
        code: "jaringan_penjamin",
        share: 120,
        sizes: (5, 14),
        spread: Within(55),
        play: rings::sponsor,
        ..PLANTED
    },
    Story { code: "jaringan_calo", share: 140, sizes: (5, 16), spread: Within(50), play: rings::go_between, ..PLANTED },
    Story {
        code: "jawaban_dilatih",
        share: 90,
        sizes: (4, 9),
        spread: Within(30),
        wishes: rings::coached_wishes,
        play: rings::coached,
        ..PLANTED
    },
    Story { code: "rumah_penampungan", share: 80, sizes: (4, 12), spread: Within(45), play: rings::shelter, ..PLANTED },
    Story {
        code: "akun_berurutan",
        share: 80,
        sizes: (4, 14),
        spread: Within(40),
        play: rings::counted_emails,
        ..PLANTED
    },
    Story {
        code: "jalur_laut",
        share: 80,
        sizes: (4, 10),
        spread: Within(35),
        wishes: rings::sea_wishes,
        play: rings::sea_route,
        ..PLANTED
    },
    // Identities that do not add up.
    Story {
        code: "nik_ganda",
        share: 90,
        sizes: (2, 2),
        spread: Apart(5),
        wishes: identities::any_adult,
        play: identities::borrowed_nik,
        ..PLANTED
    },
    Story {
        code: "orang_ganda",
        share: 80,
        sizes: (2, 2),
        spread: Apart(5),
        one_person: true,
        wishes: identities::second_identity_wishes,
        play: identities::second_identity,
        ..PLANTED
    },
    Story {
        code: "ulang_setelah_tolak",
        share: 70,
        sizes: (2, 2),
        spread: Apart(8),
        one_person: true,
        first_away: true,
        play: identities::back_after_refusal,
        ending: identities::refused_first,
        ..PLANTED
    },
    Story {
        code: "nomor_dokumen_ganda",
        share: 40,
        sizes: (3, 5),
        spread: Within(80),
        wishes: identities::schooled,
        play: identities::copied_certificate,
        ..PLANTED
    },
    Story {
        code: "ijazah_mustahil",
        share: 25,
        wishes: identities::schooled,
        play: identities::impossible_diploma,
        ..PLANTED
    },
    Story { code: "mrz_rusak", share: 25, wishes: identities::renewal, play: identities::forged_mrz, ..PLANTED },
    Story {
        code: "nik_mustahil",
        share: 25,
        wishes: identities::any_adult,
        play: identities::impossible_nik,
        ..PLANTED
    },
    Story {
        code: "umur_dinaikkan",
        share: 25,
        sizes: (2, 2),
        spread: Apart(10),
        one_person: true,
        wishes: identities::teenager,
        play: identities::raised_age,
        ending: identities::withdrawn_first,
        ..PLANTED
    },
    Story {
        code: "hilang_berulang",
        share: 30,
        sizes: (2, 2),
        spread: Apart(15),
        one_person: true,
        wishes: identities::loser,
        play: identities::lost_again,
        ending: |_| Ending::Issued,
        ..PLANTED
    },
    Story {
        code: "anak_tanpa_izin",
        share: 25,
        wishes: identities::minor,
        play: identities::without_consent,
        ..PLANTED
    },
    // Groups that look alike and are innocent.
    Story {
        code: "eazy_passport",
        share: 5_000,
        sizes: (10, 60),
        spread: OneDay,
        play: groups::on_site_service,
        ..INNOCENT
    },
    Story {
        code: "rombongan_umrah",
        share: 4_500,
        sizes: (10, 40),
        spread: Within(8),
        wishes: groups::pilgrim,
        play: groups::pilgrims,
        ..INNOCENT
    },
    Story {
        code: "asrama_kos",
        share: 1_200,
        sizes: (5, 14),
        spread: Within(160),
        wishes: groups::student,
        play: groups::dormitory,
        ..INNOCENT
    },
    Story {
        code: "emplasemen_kebun",
        share: 900,
        sizes: (4, 12),
        spread: Within(180),
        play: groups::plantation,
        ..INNOCENT
    },
    Story {
        code: "perusahaan_mengirim",
        share: 1_500,
        sizes: (5, 15),
        spread: Within(15),
        wishes: groups::employee,
        play: groups::company_staff,
        ..INNOCENT
    },
    Story {
        code: "telepon_pembantu_desa",
        share: 500,
        sizes: (4, 10),
        spread: Within(60),
        wishes: groups::elder,
        play: groups::village_helper,
        ..INNOCENT
    },
    Story { code: "agen_bank", share: 900, sizes: (6, 25), spread: Within(90), play: groups::bank_agent, ..INNOCENT },
    Story {
        code: "rombongan_wisata",
        share: 2_000,
        sizes: (6, 25),
        spread: Within(5),
        wishes: groups::tourist,
        play: groups::tour_group,
        ..INNOCENT
    },
    Story {
        code: "keluarga_besar",
        share: 900,
        sizes: (4, 9),
        spread: Within(15),
        wishes: groups::cousin,
        play: groups::extended_family,
        ..INNOCENT
    },
    Story {
        code: "pendamping_resmi",
        share: 350,
        sizes: (4, 8),
        spread: Within(60),
        wishes: groups::elder,
        play: groups::carer,
        ..INNOCENT
    },
    Story {
        code: "p3mi_resmi",
        share: 700,
        sizes: (5, 16),
        spread: Within(20),
        wishes: groups::worker,
        play: groups::licensed_workers,
        ..INNOCENT
    },
    Story {
        code: "magang_resmi",
        share: 400,
        sizes: (5, 15),
        spread: Within(12),
        wishes: groups::trainee,
        play: groups::trainees,
        ..INNOCENT
    },
    // People who look odd and are innocent.
    Story {
        code: "nama_sama",
        share: 400,
        sizes: (2, 2),
        wishes: people::namesake,
        play: people::namesakes,
        ..INNOCENT
    },
    Story {
        code: "nomor_bekas",
        share: 120,
        sizes: (2, 2),
        spread: Apart(people::RECYCLED_AFTER),
        play: people::recycled_phone,
        ..INNOCENT
    },
    Story { code: "nik_papua_lama", share: 150, wishes: people::papuan, play: people::retired_region, ..INNOCENT },
    Story { code: "koreksi_tanggal_lahir", share: 400, play: people::corrected_birth, ..INNOCENT },
    Story { code: "mrz_salah_baca", share: 150, wishes: people::renewal, play: people::misread_mrz, ..INNOCENT },
    Story { code: "nik_salah_ketik", share: 100, play: people::mistyped_nik, ..INNOCENT },
];
