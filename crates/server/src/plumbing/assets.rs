//! The front end, embedded: hashed files for ever, the shell fresh each time, and never the shell for a missing file.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Files;

/// What the shell's head says of the page.
#[derive(Default)]
pub struct Head {
    pub organisation: String,
    pub title: Option<String>,
    pub description: Option<String>,
    pub url: Option<String>,
    /// Search shall not list it.
    pub unlisted: bool,
}

/// A file of the front end by its path, if there is one: `None` means the shell should answer.
pub fn file(path: &str, headers: &HeaderMap) -> Option<Response<Body>> {
    let path = path.trim_start_matches('/');
    if path.is_empty() || path == "index.html" || path.ends_with(".br") || path.ends_with(".gz") {
        return None;
    }
    let Some(found) = Files::get(path) else {
        // A missing asset is 404, never the shell: a stale page must notice it.
        return path.starts_with("assets/").then(|| plain(StatusCode::NOT_FOUND, "There is no such file."));
    };
    Some(serve(path, found, headers))
}

fn serve(path: &str, found: EmbeddedFile, headers: &HeaderMap) -> Response<Body> {
    let etag = etag(&found);
    let kind = found.metadata.mimetype().to_string();
    let kind =
        if kind.starts_with("text/") || kind.ends_with("javascript") { format!("{kind}; charset=utf-8") } else { kind };
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
    let builder = Response::builder()
        .header(header::CONTENT_TYPE, kind)
        .header(header::CACHE_CONTROL, cache)
        .header(header::VARY, "accept-encoding")
        .header(header::ETAG, &etag);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == etag.as_bytes()) {
        return builder.status(StatusCode::NOT_MODIFIED).body(Body::empty()).expect("a whole answer");
    }
    let (data, encoding) = encoded(path, headers).unwrap_or((found.data, None));
    let builder = match encoding {
        Some(encoding) => builder.header(header::CONTENT_ENCODING, encoding),
        None => builder,
    };
    builder.body(Body::from(data.into_owned())).expect("a whole answer")
}

type Data = std::borrow::Cow<'static, [u8]>;

fn encoded(path: &str, headers: &HeaderMap) -> Option<(Data, Option<&'static str>)> {
    let accepted = headers.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    let takes = |name: &str| accepted.split(',').any(|e| e.split(';').next().is_some_and(|e| e.trim() == name));
    for (name, ending) in [("br", "br"), ("gzip", "gz")] {
        if takes(name)
            && let Some(found) = Files::get(&format!("{path}.{ending}"))
        {
            return Some((found.data, Some(name)));
        }
    }
    None
}

fn etag(found: &EmbeddedFile) -> String {
    use base64::Engine;
    let hash = found.metadata.sha256_hash();
    format!("\"{}\"", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&hash[..12]))
}

/// The shell with its head filled in.
pub fn shell(status: StatusCode, head: &Head) -> Response<Body> {
    let Some(index) = Files::get("index.html") else {
        return plain(
            StatusCode::OK,
            "The front end is not built. Run “make run”, or “make dev” while you work on it.",
        );
    };
    let html = String::from_utf8_lossy(&index.data);
    let html = fill(&html, head);
    let mut builder = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "text/html; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-cache")
        .header(header::CONTENT_SECURITY_POLICY, policy(&html));
    if head.unlisted {
        builder = builder.header("x-robots-tag", "noindex");
    }
    builder.body(Body::from(html)).expect("a whole answer")
}

fn fill(html: &str, head: &Head) -> String {
    let name = escape(&head.organisation);
    let mut html = html.replacen(
        "<meta name=\"vdp-organisation\" content=\"\"",
        &format!("<meta name=\"vdp-organisation\" content=\"{name}\""),
        1,
    );
    if let Some(title) = &head.title
        && let (Some(start), Some(end)) = (html.find("<title>"), html.find("</title>"))
    {
        let mut tags = format!("<title>{}, {name}</title>", escape(title));
        let mut named = |name: &str, content: &str| {
            tags.push_str(&format!("<meta name=\"{name}\" content=\"{}\">", escape(content)));
        };
        head.description.iter().for_each(|d| named("description", d));
        if head.unlisted {
            named("robots", "noindex");
        }
        let mut tag = |property: &str, content: &str| {
            tags.push_str(&format!("<meta property=\"{property}\" content=\"{}\">", escape(content)));
        };
        tag("og:title", title);
        tag("og:type", "website");
        tag("og:site_name", &head.organisation);
        head.description.iter().for_each(|d| tag("og:description", d));
        head.url.iter().for_each(|u| tag("og:url", u));
        html.replace_range(start..end + "</title>".len(), &tags);
    }
    html
}

/// Only our own scripts, and the inline ones of the shell by their hash.
fn policy(html: &str) -> HeaderValue {
    use base64::Engine;
    let mut hashes = String::new();
    let mut rest = html;
    while let Some(start) = rest.find("<script>") {
        let body = &rest[start + "<script>".len()..];
        let Some(end) = body.find("</script>") else { break };
        let hash = super::keys::sha256(&body.as_bytes()[..end]);
        hashes.push_str(&format!(" 'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(hash)));
        rest = &body[end..];
    }
    let text = format!(
        "default-src 'none'; script-src 'self'{hashes}; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob: mediastream:; \
         font-src 'self'; connect-src 'self' ws: wss:; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "text/plain; charset=utf-8")
        .body(Body::from(text))
        .expect("a whole answer")
}
