//! The files of documents and the pictures of their pages: sent byte for byte, only while they are what was indexed,
//! and no other file ever.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use axum::http::header;
use image::GenericImageView;
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Answer, Service, encoded};
use crate::program::{Folder, root};

/// A plan that cites a resolution of this number.
fn plan(number: u32) -> String {
    format!("KẾ HOẠCH\n\nthực hiện Nghị quyết số {number}-NQ/TW ngày 22/12/2024 của Bộ Chính trị.\n")
}

/// A service over a text whose name is no ASCII.
fn service() -> Service {
    let folder = Folder::new();
    folder.write("seeds/Kế hoạch 5.txt", plan(11));
    Service::over(folder, |_| {})
}

/// The path of the only document's file in the API.
fn file_of(name: &str) -> String {
    format!("/api/v1/documents/{}/file", encoded(name))
}

#[track_caller]
fn problem(answer: Answer, status: u16, code: &str) {
    let answer = answer.expect(status);
    assert_eq!(answer.json()["code"], code);
    let text = String::from_utf8(answer.body).unwrap();
    assert!(!text.contains("/seeds"), "no path of the server is told: {text}");
}

#[test]
fn a_file_is_sent_byte_for_byte_under_its_name() {
    let service = service();
    let path = file_of("Kế hoạch 5");
    let answer = service
        .get_with(&path, &[(header::ACCEPT_ENCODING, "gzip, br, zstd")])
        .expect(200);
    assert_eq!(answer.body, plan(11).as_bytes());
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("content-length"), plan(11).len().to_string());
    assert_eq!(answer.header("content-encoding"), "");
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"K_ ho_ch 5.txt\"; filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch%205.txt"
    );
    let tag = answer.header("etag").to_owned();
    assert_eq!(tag, format!("\"{}\"", blake3::hash(plan(11).as_bytes()).to_hex()));
    service.get_with(&path, &[(header::IF_NONE_MATCH, &tag)]).expect(304);
    service
        .get_with(&path, &[(header::IF_NONE_MATCH, "\"other\"")])
        .expect(200);
    problem(service.get(&format!("{path}?x=1")), 400, "unknown-parameter");
}

#[test]
fn a_part_of_a_file_is_sent_as_asked_for() {
    let service = service();
    let path = file_of("Kế hoạch 5");
    let (text, size) = (plan(11), plan(11).len());
    let part = |range: &str| service.get_with(&path, &[(header::RANGE, range)]);
    let answer = part("bytes=3-9").expect(206);
    assert_eq!(answer.body, &text.as_bytes()[3..10]);
    assert_eq!(answer.header("content-range"), format!("bytes 3-9/{size}"));
    assert_eq!(part("bytes=-4").expect(206).body, &text.as_bytes()[size - 4..]);
    let beyond = part(&format!("bytes={size}-"));
    assert_eq!(beyond.header("content-range"), format!("bytes */{size}"));
    problem(beyond, 416, "range-beyond");
    let other = [(header::RANGE, "bytes=3-9"), (header::IF_RANGE, "\"other\"")];
    assert_eq!(service.get_with(&path, &other).expect(200).body, text.as_bytes());
}

#[test]
fn a_file_that_changed_or_is_gone_is_not_sent_and_no_other_is() {
    let service = service();
    let (path, file) = (file_of("Kế hoạch 5"), service.folder.path("seeds/Kế hoạch 5.txt"));
    service.get(&path).expect(200);
    // As many bytes as before, and the same time.
    let before = fs::metadata(&file).unwrap().modified().unwrap();
    fs::write(&file, plan(12)).unwrap();
    File::options()
        .append(true)
        .open(&file)
        .unwrap()
        .set_modified(before)
        .unwrap();
    problem(service.get(&path), 409, "file-changed");
    // The same bytes at another time.
    fs::write(&file, plan(11)).unwrap();
    assert_eq!(service.get(&path).expect(200).body, plan(11).as_bytes());
    fs::remove_file(&file).unwrap();
    problem(service.get(&path), 410, "file-gone");
    // What takes its place is none of ours.
    std::os::unix::fs::symlink("/etc/passwd", &file).unwrap();
    problem(service.get(&path), 409, "file-changed");
    fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &file).unwrap();
    problem(service.get(&path), 410, "file-gone");
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    problem(service.get(&path), 410, "file-gone");
    let page = service.get_with(&path, &[(header::ACCEPT, "text/html")]).expect(410);
    assert!(
        String::from_utf8(page.body)
            .unwrap()
            .contains("Không còn tìm thấy tệp gốc ở nơi đã lập chỉ mục.")
    );
    for id in [
        "../../../etc/passwd",
        "/etc/passwd",
        "..",
        "seeds/Kế hoạch 5.txt",
        "index/index.json",
    ] {
        problem(service.get(&file_of(id)), 404, "unknown-document");
    }
}

/// Writes an archive of these members.
fn write_archive(path: &Path, members: &[(&str, &str)]) {
    let mut writer = ZipWriter::new(File::create(path).unwrap());
    for (name, text) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap();
}

#[test]
fn a_member_of_an_archive_is_sent_unpacked() {
    let folder = Folder::new();
    fs::create_dir(folder.path("seeds")).unwrap();
    let archive = folder.path("seeds/gui-kem.zip");
    write_archive(&archive, &[("2025/mot.txt", &plan(11)), ("hai.txt", &plan(22))]);
    let service = Service::over(folder, |_| {});
    let answer = service.get(&file_of("mot")).expect(200);
    assert_eq!(answer.body, plan(11).as_bytes());
    assert!(
        answer
            .header("content-disposition")
            .starts_with("attachment; filename=\"mot.txt\"")
    );
    // The archive is another, this member is not.
    write_archive(&archive, &[("hai.txt", &plan(33)), ("2025/mot.txt", &plan(11))]);
    assert_eq!(service.get(&file_of("mot")).expect(200).body, plan(11).as_bytes());
    problem(service.get(&file_of("hai")), 409, "file-changed");
    write_archive(&archive, &[("mot.txt", &plan(11))]);
    problem(service.get(&file_of("mot")), 410, "file-gone");
    fs::write(&archive, "no archive").unwrap();
    assert!(service.get(&file_of("mot")).status.as_u16() >= 400);
}

/// A service over a PDF with text, a TIFF of two pages, and the output of an OCR.
fn service_of_scans(change: impl FnOnce(&mut vankien::http::Settings)) -> Service {
    let folder = Folder::new();
    for name in ["text.pdf", "pages.tif", "plan.hocr"] {
        let bytes = fs::read(root().join("tests/fixtures/scans").join(name)).unwrap();
        folder.write(&format!("seeds/{name}"), bytes);
    }
    folder.write("seeds/plain.txt", plan(11));
    Service::over(folder, change)
}

/// The boxes of all passages of a document on one of its pages, and the size of that page.
fn boxes(service: &Service, document: &str, page: u64) -> (Vec<[f64; 4]>, [f64; 2]) {
    let passages = service.folder.run(&["export", "passages"]).expect(0).json();
    let lines: Vec<Value> = passages
        .iter()
        .filter(|passage| passage["document"] == document)
        .flat_map(|passage| passage["boxes"].as_array().unwrap().clone())
        .filter(|line| line["page"] == page)
        .collect();
    let size = [0, 1].map(|side| lines[0]["page_size"][side].as_f64().unwrap());
    let boxes = lines
        .iter()
        .map(|line| [0, 1, 2, 3].map(|edge| line["bbox"][edge].as_f64().unwrap()));
    (boxes.collect(), size)
}

/// The share of the ink of a picture that lies in `boxes`, which are in pixels of a page of this width.
fn share_inside(picture: &image::DynamicImage, boxes: &[[f64; 4]], page_width: f64) -> f64 {
    let scale = page_width / f64::from(picture.width());
    let gray = picture.to_luma8();
    let (mut inside, mut all) = (0.0, 0.0_f64);
    for (x, y, shade) in gray.enumerate_pixels().filter(|(_, _, shade)| shade.0[0] < 128) {
        let (x, y, ink) = (
            f64::from(x) * scale,
            f64::from(y) * scale,
            255.0 - f64::from(shade.0[0]),
        );
        let is_inside = |[left, top, right, bottom]: &[f64; 4]| {
            (left - 2.0..=right + 2.0).contains(&x) && (top - 2.0..=bottom + 2.0).contains(&y)
        };
        all += ink;
        if boxes.iter().any(is_inside) {
            inside += ink;
        }
    }
    inside / all.max(1.0)
}

#[test]
fn the_picture_of_a_page_fits_the_boxes_of_its_words() {
    let service = service_of_scans(|_| {});
    for (document, page) in [("text", 1), ("pages", 1), ("pages", 2)] {
        let (boxes, size) = boxes(&service, document, page);
        let path = format!("/api/v1/documents/{document}/pages/{page}.png");
        for (query, width) in [("", size[0]), ("?width=800", 800.0)] {
            let answer = service.get(&format!("{path}{query}")).expect(200);
            assert_eq!(answer.header("content-type"), "image/png");
            assert_eq!(answer.header("content-encoding"), "");
            let picture = image::load_from_memory(&answer.body).unwrap();
            let (wide, high) = picture.dimensions();
            assert!(
                (f64::from(wide) - width).abs() <= 2.0,
                "{path}{query}: {wide} where {width} are wanted"
            );
            let shape = f64::from(high) / f64::from(wide) - size[1] / size[0];
            assert!(shape.abs() < 0.01, "{path}{query}: {wide}x{high}");
            let share = share_inside(&picture, &boxes, size[0]);
            println!("{path}{query}: {share:.3} of the ink lies in the boxes");
            assert!(share > 0.95, "{path}{query}: {share}");
            let tag = answer.header("etag").to_owned();
            let known = [(header::IF_NONE_MATCH, tag.as_str())];
            service.get_with(&format!("{path}{query}"), &known).expect(304);
        }
    }
    for page in [
        "0.png",
        "3.png",
        "1",
        "1.jpg",
        "x.png",
        "-1.png",
        "..%2F1.png",
        "99999999999999999999.png",
    ] {
        problem(
            service.get(&format!("/api/v1/documents/pages/pages/{page}")),
            404,
            "unknown-page",
        );
    }
    for document in ["plan", "plain"] {
        let answer = service.get(&format!("/api/v1/documents/{document}/pages/1.png"));
        problem(answer, 404, "no-page-image");
    }
    problem(
        service.get("/api/v1/documents/none/pages/1.png"),
        404,
        "unknown-document",
    );
    let text = "/api/v1/documents/text/pages/1.png";
    problem(service.get(&format!("{text}?width=1")), 400, "invalid-value");
    problem(service.get(&format!("{text}?height=1")), 400, "unknown-parameter");
    // What was drawn is not shown once the file is another.
    let file = service.folder.path("seeds/text.pdf");
    let mut bytes = fs::read(&file).unwrap();
    bytes.push(b'\n');
    fs::write(&file, bytes).unwrap();
    problem(service.get(text), 409, "file-changed");
    fs::remove_file(&file).unwrap();
    problem(service.get(text), 410, "file-gone");
    // The reader says so in place of links.
    let page = String::from_utf8(service.get("/documents/text").expect(200).body).unwrap();
    assert!(page.contains("Không còn tìm thấy tệp gốc ở nơi đã lập chỉ mục."));
}

#[test]
fn an_operator_gives_out_no_files_where_so_set() {
    let folder = Folder::new();
    let bytes = fs::read(root().join("tests/fixtures/scans/text.pdf")).unwrap();
    folder.write("seeds/text.pdf", bytes);
    let service = Service::over(folder, |settings| settings.files = false);
    problem(service.get("/api/v1/documents/text/file"), 403, "no-files");
    problem(service.get("/api/v1/documents/text/pages/1.png"), 403, "no-files");
    service.get("/documents/text/pages/1").expect(403);
    for path in ["/documents/text", "/?q=dang"] {
        let page = String::from_utf8(service.get(path).expect(200).body).unwrap();
        assert!(!page.contains("/file") && !page.contains("/pages/"), "{path}: {page}");
    }
}

#[test]
fn the_original_stands_beside_its_reading_with_the_words_lit() {
    let folder = Folder::new();
    let bytes = fs::read(root().join("tests/fixtures/scans/text.pdf")).unwrap();
    folder.write("seeds/text.pdf", bytes);
    folder.write("seeds/plain.txt", plan(11));
    let service = Service::over(folder, |_| {});
    let page = |path: &str| String::from_utf8(service.get(path).expect(200).body).unwrap();
    let link = |page: &str, text: &str| {
        let before = page.split(text).next().unwrap();
        let href = before.rsplit("href=\"").next().unwrap().split('"').next().unwrap();
        href.replace("&amp;", "&")
    };
    let hits = page("/?q=chuan+muc+dao+duc&document=text");
    let to = link(&hits, "Xem bản gốc trang 1");
    assert!(to.starts_with("/documents/text/pages/1?passage="), "{to}");
    assert!(to.contains("&back=q%3Dchuan") && to.ends_with("#lit"), "{to}");
    assert_eq!(link(&hits, "Tải tệp gốc"), "/api/v1/documents/text/file");
    let original = page(to.split('#').next().unwrap());
    assert!(
        original.contains("src=\"/api/v1/documents/text/pages/1.png?width=1400\""),
        "{original}"
    );
    assert!(
        original.contains("<rect class=\"lit\"") && original.contains("<rect class=\"hit\""),
        "{original}"
    );
    assert!(
        original.contains("<div class=\"lit\">") && original.contains("<mark>"),
        "{original}"
    );
    assert!(original.contains("Bản gốc, trang 1/1"), "{original}");
    // The content security policy allows no inline style.
    assert!(
        !original.contains(" style=") && !original.contains("<script>"),
        "{original}"
    );
    let back = link(&original, "Về văn bản");
    assert!(
        back.starts_with("/documents/text?back=q%3Dchuan") && back.ends_with("#page-1"),
        "{back}"
    );
    // The picture comes in several sizes, and a page can be gone to by its number.
    assert_eq!(link(&original, "200 %"), to.replace("#lit", "&zoom=200"));
    let large = page("/documents/text/pages/1?zoom=200");
    assert!(
        large.contains("sheet zoom-200") && large.contains("1.png?width=2800"),
        "{large}"
    );
    let typed = service.get("/documents/text/pages?page=1&zoom=150").expect(303);
    assert_eq!(typed.header("location"), "/documents/text/pages/1?zoom=150");
    let reader = page("/documents/text");
    assert_eq!(link(&reader, "Xem bản gốc trang 1"), "/documents/text/pages/1");
    let english = page("/documents/text/pages/1?lang=en");
    assert!(
        english.contains("Original, page 1 of 1") && english.contains("Download the file"),
        "{english}"
    );
    let plain = page("/documents/plain");
    assert!(
        plain.contains("Tải tệp gốc") && !plain.contains("Xem bản gốc"),
        "{plain}"
    );
    for path in [
        "/documents/text/pages/2",
        "/documents/text/pages/x",
        "/documents/plain/pages/1",
    ] {
        service.get(path).expect(404);
    }
}
