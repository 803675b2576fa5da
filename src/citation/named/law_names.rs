//! Names of laws and codes. With them a citation ends where the name ends: "Luật Đất đai và các văn bản" cites Luật
//! Đất đai.

use std::sync::LazyLock;

use super::super::tokens::PassageWords;
use crate::text::fold;

/// Laws of the National Assembly, in force or replaced in recent years, without "Luật". Source: titles of the laws of
/// the XII to XV terms (2007-2025).
const LAWS: &[&str] = &[
    "An ninh mạng",
    "An ninh quốc gia",
    "An toàn thông tin mạng",
    "An toàn thực phẩm",
    "An toàn, vệ sinh lao động",
    "Ban hành văn bản quy phạm pháp luật",
    "Bảo hiểm xã hội",
    "Bảo hiểm y tế",
    "Bảo vệ bí mật nhà nước",
    "Bảo vệ môi trường",
    "Bảo vệ quyền lợi người tiêu dùng",
    "Bảo vệ và phát triển rừng",
    "Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân",
    "Biên phòng Việt Nam",
    "Biên giới quốc gia",
    "Biển Việt Nam",
    "Bình đẳng giới",
    "Cạnh tranh",
    "Căn cước",
    "Căn cước công dân",
    "Cán bộ, công chức",
    "Cảnh sát biển Việt Nam",
    "Cảnh vệ",
    "Chăn nuôi",
    "Chứng khoán",
    "Chuyển giao công nghệ",
    "Các tổ chức tín dụng",
    "Cơ yếu",
    "Công an nhân dân",
    "Công chứng",
    "Công đoàn",
    "Công nghệ cao",
    "Công nghệ thông tin",
    "Công nghiệp công nghệ số",
    "Cư trú",
    "Dân quân tự vệ",
    "Dầu khí",
    "Di sản văn hóa",
    "Doanh nghiệp",
    "Du lịch",
    "Dược",
    "Dữ liệu",
    "Đa dạng sinh học",
    "Đấu giá tài sản",
    "Đấu thầu",
    "Đất đai",
    "Đầu tư",
    "Đầu tư công",
    "Đê điều",
    "Điện ảnh",
    "Điện lực",
    "Đo lường",
    "Đường bộ",
    "Đường sắt",
    "Giá",
    "Giám định tư pháp",
    "Giao dịch điện tử",
    "Giao thông đường bộ",
    "Giao thông đường thủy nội địa",
    "Giáo dục",
    "Giáo dục đại học",
    "Giáo dục nghề nghiệp",
    "Giáo dục quốc phòng và an ninh",
    "Hải quan",
    "Hàng không dân dụng Việt Nam",
    "Hoạt động giám sát của Quốc hội và Hội đồng nhân dân",
    "Hòa giải ở cơ sở",
    "Hòa giải, đối thoại tại Tòa án",
    "Hôn nhân và gia đình",
    "Hộ tịch",
    "Hợp tác xã",
    "Kế toán",
    "Khám bệnh, chữa bệnh",
    "Khiếu nại",
    "Khoa học và công nghệ",
    "Khoa học, công nghệ và đổi mới sáng tạo",
    "Khoáng sản",
    "Địa chất và khoáng sản",
    "Kiểm toán nhà nước",
    "Kiểm toán độc lập",
    "Kiến trúc",
    "Kinh doanh bảo hiểm",
    "Kinh doanh bất động sản",
    "Lâm nghiệp",
    "Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở",
    "Lực lượng dự bị động viên",
    "Lưu trữ",
    "Lý lịch tư pháp",
    "Mặt trận Tổ quốc Việt Nam",
    "Ngân hàng Nhà nước Việt Nam",
    "Ngân sách nhà nước",
    "Người cao tuổi",
    "Người khuyết tật",
    "Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng",
    "Nghĩa vụ quân sự",
    "Nhà giáo",
    "Nhà ở",
    "Nuôi con nuôi",
    "Phá sản",
    "Phòng cháy và chữa cháy",
    "Phòng cháy, chữa cháy và cứu nạn, cứu hộ",
    "Phòng, chống bạo lực gia đình",
    "Phòng, chống ma túy",
    "Phòng, chống mua bán người",
    "Phòng, chống rửa tiền",
    "Phòng, chống tác hại của rượu, bia",
    "Phòng, chống tác hại của thuốc lá",
    "Phòng, chống tham nhũng",
    "Phòng, chống thiên tai",
    "Phòng, chống khủng bố",
    "Phòng không nhân dân",
    "Phòng thủ dân sự",
    "Phổ biến, giáo dục pháp luật",
    "Phí và lệ phí",
    "Quản lý nợ công",
    "Quản lý ngoại thương",
    "Quản lý thuế",
    "Quản lý, sử dụng tài sản công",
    "Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ",
    "Quảng cáo",
    "Quốc phòng",
    "Quốc tịch Việt Nam",
    "Quy hoạch",
    "Quy hoạch đô thị",
    "Quy hoạch đô thị và nông thôn",
    "Sĩ quan Quân đội nhân dân Việt Nam",
    "Sở hữu trí tuệ",
    "Sử dụng năng lượng tiết kiệm và hiệu quả",
    "Tài nguyên nước",
    "Tài nguyên, môi trường biển và hải đảo",
    "Tần số vô tuyến điện",
    "Thanh niên",
    "Thanh tra",
    "Thể dục, thể thao",
    "Thi đua, khen thưởng",
    "Thi hành án dân sự",
    "Thi hành án hình sự",
    "Thi hành tạm giữ, tạm giam",
    "Thống kê",
    "Thú y",
    "Thủ đô",
    "Thủy lợi",
    "Thủy sản",
    "Thuế giá trị gia tăng",
    "Thuế thu nhập cá nhân",
    "Thuế thu nhập doanh nghiệp",
    "Thuế tiêu thụ đặc biệt",
    "Thương mại",
    "Thực hành tiết kiệm, chống lãng phí",
    "Thực hiện dân chủ ở cơ sở",
    "Tiếp cận thông tin",
    "Tiếp công dân",
    "Tiêu chuẩn và quy chuẩn kỹ thuật",
    "Tín ngưỡng, tôn giáo",
    "Tố cáo",
    "Tố tụng hành chính",
    "Tổ chức Chính phủ",
    "Tổ chức chính quyền địa phương",
    "Tổ chức Hội đồng nhân dân và Ủy ban nhân dân",
    "Tổ chức Quốc hội",
    "Tổ chức Tòa án nhân dân",
    "Tổ chức Viện kiểm sát nhân dân",
    "Trách nhiệm bồi thường của Nhà nước",
    "Trẻ em",
    "Trồng trọt",
    "Trọng tài thương mại",
    "Trợ giúp pháp lý",
    "Trưng cầu ý dân",
    "Trật tự, an toàn giao thông đường bộ",
    "Tư pháp người chưa thành niên",
    "Việc làm",
    "Viên chức",
    "Viễn thông",
    "Xây dựng",
    "Xuất bản",
    "Bảo vệ và kiểm dịch thực vật",
    "Điều ước quốc tế",
    "Thuế xuất khẩu, thuế nhập khẩu",
    "Đầu tư theo phương thức đối tác công tư",
    "Xuất cảnh, nhập cảnh của công dân Việt Nam",
    "Xử lý vi phạm hành chính",
    "Đặc xá",
    "Ưu đãi người có công với cách mạng",
    "Luật sư",
    "Báo chí",
    "Hóa chất",
    "Hoạt động chữ thập đỏ",
    "Bảo hiểm tiền gửi",
    "Bảo vệ dữ liệu cá nhân",
    "Bảo vệ sức khỏe nhân dân",
    "Bảo vệ, chăm sóc và giáo dục trẻ em",
    "Cảnh sát cơ động",
    "Chất lượng sản phẩm, hàng hóa",
    "Công nghiệp quốc phòng, an ninh và động viên công nghiệp",
    "Dạy nghề",
    "Doanh nghiệp nhà nước",
    "Dự trữ quốc gia",
    "Đầu tư nước ngoài",
    "Đầu tư nước ngoài tại Việt Nam",
    "Đo đạc và bản đồ",
    "Hiến, lấy, ghép mô, bộ phận cơ thể người và hiến, lấy xác",
    "Hỗ trợ doanh nghiệp nhỏ và vừa",
    "Khí tượng thủy văn",
    "Khuyến khích đầu tư trong nước",
    "Năng lượng nguyên tử",
    "Nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại Việt Nam",
    "Phòng bệnh",
    "Phòng, chống bệnh truyền nhiễm",
    "Phổ cập giáo dục tiểu học",
    "Thuế bảo vệ môi trường",
    "Thuế sử dụng đất nông nghiệp",
    "Thuế sử dụng đất phi nông nghiệp",
    "Thuế tài nguyên",
    "Tình trạng khẩn cấp",
    "Tương trợ tư pháp",
    "Thỏa thuận quốc tế",
    "Trí tuệ nhân tạo",
    "Chuyển đổi số",
];

/// Names of ordinances (pháp lệnh) of the Standing Committee of the National Assembly, without "Pháp lệnh".
const ORDINANCES: &[&str] = &[
    "Ưu đãi người có công với cách mạng",
    "Công an xã",
    "Cựu chiến binh",
    "Cán bộ, công chức",
    "Dân quân tự vệ",
    "Dân số",
    "Dự bị động viên",
    "Bảo vệ bí mật nhà nước",
    "Cảnh sát môi trường",
    "Ngoại hối",
    "Phí và lệ phí",
    "Quản lý thị trường",
    "Thi hành án dân sự",
    "Thực hiện dân chủ ở xã, phường, thị trấn",
    "Tín ngưỡng, tôn giáo",
    "Xử lý vi phạm hành chính",
];

/// Names of codes, without "Bộ luật".
const CODES: &[&str] = &[
    "Dân sự",
    "Hình sự",
    "Lao động",
    "Hàng hải Việt Nam",
    "Tố tụng dân sự",
    "Tố tụng hình sự",
];

/// Short and other names of laws, each with the full name.
const SHORT_NAMES: &[(&str, &str)] = &[
    ("dân chủ cơ sở", "Thực hiện dân chủ ở cơ sở"),
    ("dân chủ ở cơ sở", "Thực hiện dân chủ ở cơ sở"),
    ("thực hiện dân chủ cơ sở", "Thực hiện dân chủ ở cơ sở"),
    ("Bầu cử", "Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân"),
    (
        "Hoạt động giám sát",
        "Hoạt động giám sát của Quốc hội và Hội đồng nhân dân",
    ),
    ("Phòng chống tham nhũng", "Phòng, chống tham nhũng"),
    ("Phòng cháy chữa cháy", "Phòng cháy và chữa cháy"),
    ("An toàn vệ sinh lao động", "An toàn, vệ sinh lao động"),
    ("Ngân sách", "Ngân sách nhà nước"),
    ("Giao thông", "Giao thông đường bộ"),
    ("PCTN", "Phòng, chống tham nhũng"),
    ("PCCC", "Phòng cháy và chữa cháy"),
    ("BHXH", "Bảo hiểm xã hội"),
    ("BHYT", "Bảo hiểm y tế"),
    ("Thuế GTGT", "Thuế giá trị gia tăng"),
    ("Thuế TNCN", "Thuế thu nhập cá nhân"),
    ("Thuế TNDN", "Thuế thu nhập doanh nghiệp"),
    ("Tổ chức HĐND và UBND", "Tổ chức Hội đồng nhân dân và Ủy ban nhân dân"),
    ("Tổ chức CQĐP", "Tổ chức chính quyền địa phương"),
    ("Ban hành VBQPPL", "Ban hành văn bản quy phạm pháp luật"),
];

/// A name as folded syllables, and the full name that it stands for.
type LawName = (Vec<String>, &'static str);

/// Returns the folded syllables of a name.
fn syllables(name: &str) -> Vec<String> {
    fold(name)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|s| !s.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Returns the names, given as written and in full, with longer ones first, so that "Đầu tư công" is not read as "Đầu
/// tư".
fn by_length(names: impl Iterator<Item = (&'static str, &'static str)>) -> Vec<LawName> {
    let mut names: Vec<LawName> = names.map(|(written, full)| (syllables(written), full)).collect();
    names.sort_by_key(|(syllables, _)| std::cmp::Reverse(syllables.len()));
    names
}

/// Names of laws, longer ones first.
static LAW_NAMES: LazyLock<Vec<LawName>> =
    LazyLock::new(|| by_length(LAWS.iter().map(|&name| (name, name)).chain(SHORT_NAMES.iter().copied())));

/// Names of codes, longer ones first.
static CODE_NAMES: LazyLock<Vec<LawName>> = LazyLock::new(|| by_length(CODES.iter().map(|&name| (name, name))));

/// Names of ordinances, longer ones first.
static ORDINANCE_NAMES: LazyLock<Vec<LawName>> =
    LazyLock::new(|| by_length(ORDINANCES.iter().map(|&name| (name, name))));

/// Returns the full name of the law named at word `at`, without "Luật", and the word after the name.
pub(super) fn law_at(words: &PassageWords<'_>, at: usize) -> Option<(&'static str, usize)> {
    longest(&LAW_NAMES, words, at)
}

/// Returns the full name of the code named at word `at`, without "Bộ luật", and the word after the name.
pub(super) fn code_at(words: &PassageWords<'_>, at: usize) -> Option<(&'static str, usize)> {
    longest(&CODE_NAMES, words, at)
}

/// Returns the full name of the ordinance named at word `at`, without "Pháp lệnh", and the word after the name.
pub(super) fn ordinance_at(words: &PassageWords<'_>, at: usize) -> Option<(&'static str, usize)> {
    longest(&ORDINANCE_NAMES, words, at)
}

/// Returns the longest of `names` at word `at`, and the word after it.
///
/// Between its syllables there may be a comma, but no other sign. On a damaged page more than half of them must be
/// exactly right.
fn longest(names: &[LawName], words: &PassageWords<'_>, at: usize) -> Option<(&'static str, usize)> {
    names.iter().find_map(|(syllables, full)| {
        let fits = syllables.iter().enumerate().all(|(offset, syllable)| {
            let gap = words.gap(at + offset).trim();
            words.says(at + offset, syllable) && (offset == 0 || gap.is_empty() || gap == ",")
        });
        let right = || {
            syllables
                .iter()
                .enumerate()
                .filter(|(offset, s)| words.folded(at + offset) == s.as_str())
                .count()
        };
        (fits && right() * 2 > syllables.len()).then(|| (*full, at + syllables.len()))
    })
}
