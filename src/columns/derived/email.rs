//! The email address: its comparable form, and the pattern of addresses made by one hand.

use super::{Cx, Family, Outputs, Rows, derived};
use crate::Result;
use crate::identity::email::{Emails, MASALAH_EMAIL, is_birthday};
use crate::schema::Type;
use crate::schema::columns::{EMAIL, TANGGAL_LAHIR};

derived! {
    KUNCI = "email.kunci"; Type::Text, Email, Nothing, "Email baku", "comparable form of the email",
        "the address as its provider delivers it: lower case; Gmail without full stops and +tag, Yahoo without \
        -tag, Outlook without +tag",
        [EMAIL => "Siti.Aminah+paspor@googlemail.com"] => "sitiaminah@gmail.com";
    DOMAIN = "email.domain"; Type::Text, Open, Nothing, "Domain email", "domain of the email",
        "what stands behind the @ in email.kunci",
        [EMAIL => "budi@travel.example"] => "travel.example";
    DOMAIN_UMUM = "email.domain_umum"; Type::Bool, Open, Nothing, "Domain umum", "public domain",
        "whether anybody can open a mailbox at that domain (Gmail, Yahoo, Outlook and the like)",
        [EMAIL => "budi@travel.example"] => "false";
    POLA = "email.pola"; Type::Text, Email, Nothing, "Pola email", "pattern of the email",
        "email.kunci with the last number before the @ replaced by #; none without a number, and where the number \
        is the applicant's birthday",
        [EMAIL => "paspor001@example.id"] => "paspor#@example.id";
    POLA_NOMOR = "email.pola_nomor"; Type::Int, Open, Nothing, "Nomor pada pola", "number of the pattern",
        "the number that email.pola leaves out; addresses made in one go have numbers close to each other",
        [EMAIL => "paspor017@example.id"] => "17";
    MASALAH = "email.masalah"; Type::List(MASALAH_EMAIL), Open, Nothing, "Masalah email", "faults of the email",
        "what is wrong with the address; all but two of the codes are remarks",
        [EMAIL => "budi @gmial.com"] => "domain_keliru;spasi";
}

/// The email address.
pub const FAMILY: Family = Family { inputs: &[EMAIL, TANGGAL_LAHIR], columns: COLUMNS, compute };

fn compute(_: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let (addresses, born) = (rows.text(EMAIL)?, rows.date(TANGGAL_LAHIR)?);
    let mut emails = Emails::default();
    for row in 0..rows.count() {
        let reading = addresses.get(row).map(|text| emails.read(text));
        let born = born.get(row);
        let counter = reading.and_then(|r| r.pattern.zip(r.number));
        let counter = counter.filter(|(_, number)| !born.is_some_and(|born| is_birthday(number, born)));
        out.text(at::KUNCI, reading.and_then(|r| r.key));
        out.text(at::DOMAIN, reading.and_then(|r| r.domain));
        out.bool(at::DOMAIN_UMUM, reading.and_then(|r| r.public));
        out.text(at::POLA, counter.map(|(pattern, _)| pattern));
        out.int(at::POLA_NOMOR, counter.and_then(|(_, number)| number.parse().ok()));
        out.faults(at::MASALAH, reading.map(|r| r.faults));
    }
    Ok(())
}
