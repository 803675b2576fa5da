//! The tables of the encodings from before Unicode.
//!
//! Sources: TCVN 5712:1993 (character set VN3), as `iconv -f TCVN` has it; the table of VNI for Windows; RFC 1456 for
//! VISCII; the index of windows-1258 in the WHATWG Encoding Standard.

use super::code_page::CodePage;

/// TCVN3. Capitals with a tone have no byte: they are drawn by fonts of capitals, or written with a mark after them.
pub(super) static TCVN3: CodePage = CodePage {
    letters: &[
        (0xa1, "ĂÂÊÔƠƯĐăâêôơưđ"),
        (0xb5, "àảãá"),
        (0xb9, "ạ"),
        (0xbb, "ằẳẵắ"),
        (0xc6, "ặầẩẫấậè"),
        (0xce, "ẻẽéẹềểễếệìỉ"),
        (0xdc, "ĩíịò"),
        (0xe1, "ỏõóọồổỗốộờởỡớợù"),
        (0xf1, "ủũúụừửữứựỳỷỹýỵ"),
    ],
    marks: &[
        (0xb0, "\u{300}"),
        (0xb1, "\u{309}"),
        (0xb2, "\u{303}"),
        (0xb3, "\u{301}"),
        (0xb4, "\u{323}"),
    ],
    has_both_cases: false,
};

/// VNI for Windows.
pub(super) static VNI: CodePage = CodePage {
    letters: &[(0xe6, "ỉ"), (0xec, "ìí"), (0xee, "ỵ"), (0xf1, "địĩơ"), (0xf6, "ư")],
    marks: &[
        (0xf9, "\u{301}"),
        (0xf8, "\u{300}"),
        (0xfb, "\u{309}"),
        (0xf5, "\u{303}"),
        (0xef, "\u{323}"),
        (0xe2, "\u{302}"),
        (0xe1, "\u{302}\u{301}"),
        (0xe0, "\u{302}\u{300}"),
        (0xe5, "\u{302}\u{309}"),
        (0xe3, "\u{302}\u{303}"),
        (0xe4, "\u{302}\u{323}"),
        (0xea, "\u{306}"),
        (0xe9, "\u{306}\u{301}"),
        (0xe8, "\u{306}\u{300}"),
        (0xfa, "\u{306}\u{309}"),
        (0xfc, "\u{306}\u{303}"),
        (0xeb, "\u{306}\u{323}"),
    ],
    has_both_cases: true,
};

/// VISCII. It has a byte for every letter in both cases, six of them among the control characters.
pub(super) static VISCII: CodePage = CodePage {
    letters: &[
        (0x02, "Ẳ"),
        (0x05, "ẴẪ"),
        (0x14, "Ỷ"),
        (0x19, "Ỹ"),
        (0x1e, "Ỵ"),
        (0x80, "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"),
        (0x90, "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"),
        (0xa0, "Õắằặấầẩậẽẹếềểễệố"),
        (0xb0, "ồổỗỠƠộờởịỰỨỪỬơớƯ"),
        (0xc0, "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"),
        (0xd0, "ĐứÒÓÔạỷừửÙÚỹỵÝỡư"),
        (0xe0, "àáâãảăữẫèéêẻìíĩỉ"),
        (0xf0, "đựòóôõỏọụùúũủýợỮ"),
    ],
    marks: &[],
    has_both_cases: false,
};

/// The code page windows-1258. Most letters with a tone are a letter and a combining mark; the others are as in
/// windows-1252.
pub(super) static CP1258: CodePage = CodePage {
    letters: &[
        (0xc3, "Ă"),
        (0xd0, "Đ"),
        (0xd5, "Ơ"),
        (0xdd, "Ư"),
        (0xe3, "ă"),
        (0xf0, "đ"),
        (0xf5, "ơ"),
        (0xfd, "ư₫"),
    ],
    marks: &[
        (0xcc, "\u{300}"),
        (0xd2, "\u{309}"),
        (0xde, "\u{303}"),
        (0xec, "\u{301}"),
        (0xf2, "\u{323}"),
    ],
    has_both_cases: false,
};
