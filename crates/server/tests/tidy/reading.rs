//! Reading Rust as far as the rules need it: code without its comments and strings, and the first names of paths.

/// The text with comments, strings and characters blanked out, byte for byte, so that places stay the same.
pub fn code_only(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut code = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'/' if bytes[at..].starts_with(b"//") => find(bytes, at, b"\n"),
            b'/' if bytes[at..].starts_with(b"/*") => end_of_comment(bytes, at),
            b'"' => end_of_string(bytes, at + 1),
            b'r' if !in_word(bytes, at) => match raw_string(bytes, at) {
                Some(end) => end,
                None => at,
            },
            b'\'' => end_of_character(bytes, at),
            _ => at,
        };
        for byte in &mut code[at..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = end.max(at + 1);
    }
    String::from_utf8_lossy(&code).into_owned()
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> usize {
    let found = bytes[from..].windows(what.len()).position(|window| window == what);
    found.map_or(bytes.len(), |offset| from + offset)
}

fn end_of_comment(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start + 2, 1);
    while at < bytes.len() && depth > 0 {
        if bytes[at..].starts_with(b"/*") {
            (at, depth) = (at + 2, depth + 1);
        } else if bytes[at..].starts_with(b"*/") {
            (at, depth) = (at + 2, depth - 1);
        } else {
            at += 1;
        }
    }
    at.min(bytes.len())
}

fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The end of `r"…"` or `r#"…"#` that begins here, if one does.
fn raw_string(bytes: &[u8], start: usize) -> Option<usize> {
    let hashes = bytes[start + 1..].iter().take_while(|byte| **byte == b'#').count();
    let open = start + 1 + hashes;
    (bytes.get(open) == Some(&b'"')).then(|| {
        let close = [b"\"".as_slice(), &b"#".repeat(hashes)].concat();
        (find(bytes, open + 1, &close) + close.len()).min(bytes.len())
    })
}

/// The end of a character such as `'"'` or `'\n'`; a lifetime ends where it starts.
fn end_of_character(bytes: &[u8], start: usize) -> usize {
    match bytes.get(start + 1) {
        Some(b'\\') => (find(bytes, start + 3, b"'") + 1).min(bytes.len()),
        Some(_) => {
            let close = bytes[start + 1..].iter().take(6).position(|byte| *byte == b'\'');
            let one = close.is_some_and(|length| {
                std::str::from_utf8(&bytes[start + 1..start + 1 + length]).is_ok_and(|s| s.chars().count() == 1)
            });
            if one { start + 2 + close.unwrap_or(0) } else { start }
        }
        None => start,
    }
}

/// Whether this byte goes on with a word, as the `r` of `for` does. (`br"…"` counts as a word and a string, which blanks the same.)
fn in_word(bytes: &[u8], at: usize) -> bool {
    at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_')
}

/// Every word with its place.
pub fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + code[at..].find(is_word)?;
        let length = code[start..].find(|c| !is_word(c)).unwrap_or(code.len() - start);
        at = start + length;
        Some((start, &code[start..at]))
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The word after `::` at this place, if a path goes on here with a word.
pub fn path_continues(code: &str, at: usize) -> Option<&str> {
    let rest = code[at..].trim_start().strip_prefix("::")?.trim_start();
    let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    (length > 0).then(|| &rest[..length])
}

/// The first names after `root::`, with their lines: one, or those of a `{…}` group. Macros live at the root and are no rooms.
pub fn paths_from(root: &str, code: &str) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    for (at, _) in words(code).filter(|(_, word)| *word == root) {
        let Some(after) = code[at + root.len()..].trim_start().strip_prefix("::") else {
            continue;
        };
        let start = code.len() - after.trim_start().len();
        if code[start..].starts_with('{') {
            names.extend(heads_of_group(code, start));
        } else if code[start..].starts_with('*') {
            names.push((line_of(code, start), "*".into()));
        } else {
            names.extend(head(code, start));
        }
    }
    names
}

/// The first name of each entry in the group that opens here.
fn heads_of_group(code: &str, open: usize) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    let (mut depth, mut expects_name) = (0, false);
    for (offset, c) in code[open..].char_indices() {
        match c {
            '{' => {
                depth += 1;
                expects_name = depth == 1;
            }
            '}' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            ',' => expects_name = depth == 1,
            c if expects_name && is_word(c) => {
                names.extend(head(code, open + offset).filter(|(_, name)| name != "self"));
                expects_name = false;
            }
            _ => {}
        }
    }
    names
}

fn head(code: &str, start: usize) -> Option<(usize, String)> {
    let length = code[start..].find(|c| !is_word(c)).unwrap_or(code.len() - start);
    let is_macro = code[start + length..].starts_with('!');
    (length > 0 && !is_macro).then(|| (line_of(code, start), code[start..start + length].to_owned()))
}

pub fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}
