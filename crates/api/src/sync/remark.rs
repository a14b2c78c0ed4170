//! What the ledger keeps as codes, in words.

use wholechart_fhir::{JsonFault, JsonFaultKind, PageFault, XmlFault, XmlFaultKind};
use wholechart_store::Remark;
use wholechart_sync::{BY_ADDRESS, BY_REFERENCE};

use crate::words::Words;

/// What was asked: a question's address as it is, or how things without a question were read.
pub(crate) fn asked(words: &Words, asked: &str) -> String {
    match asked {
        BY_REFERENCE => words.get("asked-by-reference"),
        BY_ADDRESS => words.get("asked-by-address"),
        address => address.to_owned(),
    }
}

pub(crate) fn remark(words: &Words, remark: &Remark) -> String {
    let at_host = |key: &str, host: &String| words.with(key, &[("host", host.into())]);
    let counted = |key: &str, count: u32| words.with(key, &[("count", (&count.to_string()).into())]);
    match remark {
        Remark::Server { words: said } => words.sent(said),
        Remark::Status { status } => words.with("remark-status", &[("status", (&status.to_string()).into())]),
        Remark::Page { fault } => page_fault(words, *fault),
        Remark::TooManyPages => words.get("remark-too-many-pages"),
        Remark::TooMuch => words.get("remark-too-much"),
        Remark::PagesInCircles => words.get("remark-pages-in-circles"),
        Remark::Foreign { host } => at_host("remark-foreign", host),
        Remark::BadAddress => words.get("remark-bad-address"),
        Remark::NothingCame => words.get("remark-nothing-came"),
        Remark::Unreachable { host } => at_host("remark-unreachable", host),
        Remark::NotSecure { host } => at_host("remark-not-secure", host),
        Remark::TimedOut { host } => at_host("remark-timed-out", host),
        Remark::Interrupted { host } => at_host("remark-interrupted", host),
        Remark::TooLarge { host } => at_host("remark-too-large", host),
        Remark::NotRenewed { words: None } => words.get("remark-not-renewed"),
        Remark::NotRenewed { words: Some(said) } => {
            words.with("remark-not-renewed-said", &[("words", (&words.sent(said)).into())])
        }
        Remark::PatientUnknown => words.get("remark-patient-unknown"),
        Remark::NotFound { count } => counted("remark-not-found", *count),
        Remark::NotAllowed { count } => counted("remark-not-allowed", *count),
        Remark::NotRead { count } => counted("remark-not-read", *count),
        Remark::Elsewhere { count } => counted("remark-elsewhere", *count),
        Remark::WebPage => words.get("remark-web-page"),
        Remark::DocumentCutShort => words.get("remark-document-cut-short"),
    }
}

/// Why a page or a file, or a place of it, gave no resource.
pub(crate) fn page_fault(words: &Words, fault: PageFault) -> String {
    let why = |key: &str, fault: JsonFault| words.with(key, &[("why", (&json_fault(words, fault)).into())]);
    match fault {
        PageFault::Empty => words.get("fault-empty"),
        PageFault::Markup => words.get("fault-markup"),
        PageFault::NotJson(fault) => why("fault-not-json", fault),
        PageFault::NotXml(fault) => {
            words.with("fault-not-xml", &[("why", (&xml_fault(words, fault)).into())])
        }
        PageFault::NotAResource => words.get("fault-not-a-resource"),
        PageFault::NoResourceType => words.get("fault-no-resource-type"),
        PageFault::EntryNotAnObject => words.get("fault-entry-not-an-object"),
        PageFault::EntryWithoutResource => words.get("fault-entry-without-resource"),
        PageFault::BetweenEntries => words.get("fault-between-entries"),
        PageFault::CutShort => words.get("fault-cut-short"),
        PageFault::DamagedBeforeEntries(fault) => why("fault-damaged-before-entries", fault),
        PageFault::Damaged(fault) => why("fault-damaged", fault),
    }
}

fn json_fault(words: &Words, fault: JsonFault) -> String {
    let key = match fault.kind {
        JsonFaultKind::CutShort => "json-cut-short",
        JsonFaultKind::MoreBytes => "json-more-bytes",
        JsonFaultKind::NoValue => "json-no-value",
        JsonFaultKind::NoCommaOrBracket => "json-no-comma-or-bracket",
        JsonFaultKind::NoName => "json-no-name",
        JsonFaultKind::NoColon => "json-no-colon",
        JsonFaultKind::LeadingZero => "json-leading-zero",
        JsonFaultKind::NoDigit => "json-no-digit",
        JsonFaultKind::NotUtf8 => "json-not-utf8",
        JsonFaultKind::HalfEscape => "json-half-escape",
        JsonFaultKind::UnknownEscape => "json-unknown-escape",
        JsonFaultKind::ControlCharacter => "json-control-character",
        JsonFaultKind::TooMany => "json-too-many",
    };
    words.with("json-at", &[("what", (&words.get(key)).into()), ("at", (&fault.position.to_string()).into())])
}

fn xml_fault(words: &Words, fault: XmlFault) -> String {
    let key = match fault.kind {
        XmlFaultKind::CutShort => "json-cut-short",
        XmlFaultKind::MoreBytes => "json-more-bytes",
        XmlFaultKind::NotUtf8 => "json-not-utf8",
        XmlFaultKind::NoTag => "xml-no-tag",
        XmlFaultKind::NoAttribute => "xml-no-attribute",
        XmlFaultKind::Mismatched => "xml-mismatched",
        XmlFaultKind::TooMany => "xml-too-many",
        XmlFaultKind::NotFhir => "xml-not-fhir",
    };
    words.with("json-at", &[("what", (&words.get(key)).into()), ("at", (&fault.position.to_string()).into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn every_code_has_its_words() {
        let at = |kind| JsonFault { position: 12, kind };
        let kinds = [
            JsonFaultKind::CutShort,
            JsonFaultKind::MoreBytes,
            JsonFaultKind::NoValue,
            JsonFaultKind::NoCommaOrBracket,
            JsonFaultKind::NoName,
            JsonFaultKind::NoColon,
            JsonFaultKind::LeadingZero,
            JsonFaultKind::NoDigit,
            JsonFaultKind::NotUtf8,
            JsonFaultKind::HalfEscape,
            JsonFaultKind::UnknownEscape,
            JsonFaultKind::ControlCharacter,
            JsonFaultKind::TooMany,
        ];
        let damaged = at(JsonFaultKind::NoColon);
        let faults = [
            PageFault::Empty,
            PageFault::Markup,
            PageFault::NotAResource,
            PageFault::NoResourceType,
            PageFault::EntryNotAnObject,
            PageFault::EntryWithoutResource,
            PageFault::BetweenEntries,
            PageFault::CutShort,
            PageFault::DamagedBeforeEntries(damaged),
            PageFault::Damaged(damaged),
        ];
        let tags = [
            XmlFaultKind::CutShort,
            XmlFaultKind::MoreBytes,
            XmlFaultKind::NotUtf8,
            XmlFaultKind::NoTag,
            XmlFaultKind::NoAttribute,
            XmlFaultKind::Mismatched,
            XmlFaultKind::TooMany,
            XmlFaultKind::NotFhir,
        ];
        let tags = tags.map(|kind| PageFault::NotXml(XmlFault { position: 12, kind }));
        let faults = kinds.map(|kind| PageFault::NotJson(at(kind))).into_iter().chain(tags).chain(faults);
        let host = || "fhir.example".to_owned();
        let remarks = [
            Remark::Status { status: 500 },
            Remark::TooManyPages,
            Remark::TooMuch,
            Remark::PagesInCircles,
            Remark::Foreign { host: host() },
            Remark::BadAddress,
            Remark::NothingCame,
            Remark::Unreachable { host: host() },
            Remark::NotSecure { host: host() },
            Remark::TimedOut { host: host() },
            Remark::Interrupted { host: host() },
            Remark::TooLarge { host: host() },
            Remark::NotRenewed { words: None },
            Remark::NotRenewed { words: Some(host()) },
            Remark::PatientUnknown,
            Remark::NotFound { count: 1 },
            Remark::NotAllowed { count: 1 },
            Remark::NotRead { count: 1 },
            Remark::Elsewhere { count: 1 },
            Remark::WebPage,
            Remark::DocumentCutShort,
        ];
        let words = Words::english();
        let remarks = faults.map(|fault| Remark::Page { fault }).chain(remarks);
        let said = remarks
            .map(|one| remark(&words, &one))
            .chain([BY_REFERENCE, BY_ADDRESS].map(|by| asked(&words, by)));
        let missing: Vec<String> = said
            .filter(|text| {
                ["remark-", "fault-", "json-", "xml-", "asked-"].iter().any(|key| text.contains(key))
            })
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn faults_are_said_in_the_language_that_is_spoken() {
        let fault = PageFault::NotJson(JsonFault { position: 12, kind: JsonFaultKind::NoColon });
        let words = Words::english();
        assert_eq!(page_fault(&words, fault), "not JSON: a colon is missing (at byte 12)");
        words.speak(Language::Es);
        assert_eq!(page_fault(&words, fault), "no es JSON: faltan dos puntos (en el byte 12)");
        assert_eq!(remark(&words, &Remark::Elsewhere { count: 2 }), "en otro servidor, sin preguntar: 2");
    }
}
