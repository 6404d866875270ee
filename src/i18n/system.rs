//! What the system says of files, in the reader's language: it speaks that of its makers.

use std::io::{Error, ErrorKind};

use super::{Lang, tr};

/// Why the system refuses, in words that begin in lower case; its own where it is something rare.
#[must_use]
pub fn system_words(lang: Lang, error: &Error) -> String {
    let key = match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "system-missing",
        ErrorKind::PermissionDenied => "system-permission",
        ErrorKind::IsADirectory => "system-no-file",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "system-full",
        ErrorKind::ReadOnlyFilesystem => "system-read-only",
        ErrorKind::FileTooLarge => "system-too-large",
        _ => return error.to_string(),
    };
    tr(lang, key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_is_said_in_the_readers_language_and_the_rest_as_it_comes() {
        let missing = std::fs::File::open("/nowhere/at/all").expect_err("it is not there");
        let said: Vec<String> = Lang::ALL.map(|lang| system_words(lang, &missing)).to_vec();
        assert!(said[0] != said[1] && said[1] != said[2] && !said[0].contains("os error"), "{said:?}");
        assert_eq!(system_words(Lang::Nl, &Error::other("odd")), "odd");
    }
}
