//! The shelf: a bucket of an S3 server, for the files of recordings. It knows objects, no rows and no people.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use futures::TryStreamExt;
use futures::stream::BoxStream;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::{ClientOptions, Error, GetOptions, MultipartUpload, ObjectStore, ObjectStoreExt, RetryConfig, path};
use tokio::fs::File;
use tokio::io::AsyncReadExt;

use crate::kit::{At, RecordingId, TrackId};

/// A larger file goes there in parts of this size, one after the other: so much of it is in memory.
const PART: u64 = 8 << 20;
/// S3 takes ten thousand parts of one object.
const MOST_PARTS: u64 = 9_000;
/// What the job does again anyway is not tried for long here.
const TRIES: usize = 2;
const TRY_FOR: Duration = Duration::from_secs(10);
const CONNECT: Duration = Duration::from_secs(5);
/// A whole part goes out within this, and no answer stands still for longer.
const SILENCE: Duration = Duration::from_secs(120);

/// Where a bucket is, and the keys to it.
#[derive(Clone)]
pub struct S3 {
    /// Scheme, host and port.
    pub endpoint: String,
    pub bucket: String,
    pub region: String,
    pub access_key: String,
    pub secret_key: String,
    /// The bucket is named in the path; otherwise it is the first word of the host.
    pub path_style: bool,
}

impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "S3 {{ {} at {}, keys not shown }}", self.bucket, self.endpoint)
    }
}

/// Why a file is not on the shelf.
#[derive(Debug)]
pub enum Trouble {
    /// It could not be read here.
    Disk(io::Error),
    /// A sentence about the S3 server, without its keys.
    Shelf(String),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        Trouble::Disk(error)
    }
}

pub struct Shelf {
    bucket: AmazonS3,
    s3: S3,
}

/// What a track's object is called: nobody guesses it, and it names nobody.
pub fn key(recording: RecordingId, track: TrackId) -> String {
    format!("recordings/{recording}/{track}.webm")
}

/// What the object of the whole in one file is called.
pub fn video_key(recording: RecordingId, asked_at: At) -> String {
    format!("recordings/{recording}/video-{}.mp4", asked_at.micros())
}

impl Shelf {
    pub fn new(s3: S3) -> io::Result<Shelf> {
        let http = ClientOptions::new()
            .with_allow_http(s3.endpoint.starts_with("http://"))
            .with_timeout_disabled()
            .with_connect_timeout(CONNECT)
            .with_read_timeout(SILENCE);
        let retry = RetryConfig { max_retries: TRIES, retry_timeout: TRY_FOR, ..Default::default() };
        let endpoint = match s3.endpoint.split_once("://").filter(|_| !s3.path_style) {
            Some((scheme, host)) => format!("{scheme}://{}.{host}", s3.bucket),
            None => s3.endpoint.clone(),
        };
        let bucket = AmazonS3Builder::new()
            .with_client_options(http)
            .with_retry(retry)
            .with_endpoint(endpoint)
            .with_virtual_hosted_style_request(!s3.path_style)
            .with_bucket_name(&s3.bucket)
            .with_region(&s3.region)
            .with_access_key_id(&s3.access_key)
            .with_secret_access_key(&s3.secret_key)
            // Not every server knows how to delete many at once.
            .with_disable_bulk_delete(true)
            .build()
            .map_err(io::Error::other)?;
        Ok(Shelf { bucket, s3 })
    }

    /// Copies a file of so many bytes, and looks whether all of it is there.
    pub async fn put(&self, key: &str, file: &Path, bytes: u64) -> Result<(), Trouble> {
        let mut file = File::open(file).await?;
        let to = path::Path::from(key);
        if bytes <= PART {
            let whole = part_of(&mut file, PART).await?;
            self.bucket.put(&to, whole.into()).await.map_err(|error| self.trouble(error))?;
        } else {
            let mut upload = self.bucket.put_multipart(&to).await.map_err(|error| self.trouble(error))?;
            if let Err(trouble) = self.put_parts(upload.as_mut(), file, PART.max(bytes / MOST_PARTS)).await {
                // The S3 server forgets parts without an end by its own rules, if it cannot be told.
                let _ = upload.abort().await;
                return Err(trouble);
            }
        }
        let there = self.bucket.head(&to).await.map_err(|error| self.trouble(error))?.size;
        if there == bytes {
            return Ok(());
        }
        Err(Trouble::Shelf(format!("The S3 server holds {there} bytes of a track that has {bytes}.")))
    }

    async fn put_parts(&self, upload: &mut dyn MultipartUpload, mut file: File, size: u64) -> Result<(), Trouble> {
        loop {
            let part = part_of(&mut file, size).await?;
            if part.is_empty() {
                break;
            }
            upload.put_part(part.into()).await.map_err(|error| self.trouble(error))?;
        }
        upload.complete().await.map(drop).map_err(|error| self.trouble(error))
    }

    /// These bytes of an object, as they come.
    pub async fn range(&self, key: &str, of: Range<u64>) -> Result<BoxStream<'static, Result<Bytes, Error>>, String> {
        let options = GetOptions { range: Some(of.into()), ..Default::default() };
        let got = self.bucket.get_opts(&path::Path::from(key), options).await;
        got.map(|got| got.into_stream()).map_err(|error| self.why(error))
    }

    pub async fn delete(&self, key: &str) -> Result<(), String> {
        match self.bucket.delete(&path::Path::from(key)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.why(error)),
        }
    }

    /// Takes everything of a recording away.
    pub async fn clear(&self, id: RecordingId) -> Result<(), String> {
        let all = self.bucket.list(Some(&path::Path::from(format!("recordings/{id}"))));
        let all: Vec<path::Path> =
            all.map_ok(|object| object.location).try_collect().await.map_err(|error| self.why(error))?;
        for object in all {
            self.delete(object.as_ref()).await?;
        }
        Ok(())
    }

    fn trouble(&self, error: Error) -> Trouble {
        Trouble::Shelf(self.why(error))
    }

    /// A sentence for the log. What the server answers may repeat the keys it was shown.
    fn why(&self, error: Error) -> String {
        match error {
            Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => {
                "The S3 server refuses the keys of the settings, or what is done with them. Look at s3_access_key, \
                 s3_secret_key and the rights they have in the bucket."
                    .into()
            }
            Error::NotFound { path, .. } => {
                format!("The S3 server has no bucket “{}”, or nothing at “{path}” in it.", self.s3.bucket)
            }
            other => {
                let text = other.to_string().replace(&self.s3.secret_key, "…").replace(&self.s3.access_key, "…");
                let text: String = text.chars().take(400).collect();
                format!("The S3 server could not be used: {text}")
            }
        }
    }
}

/// The next bytes of a file, at most so many; fewer only at its end.
async fn part_of(file: &mut File, most: u64) -> io::Result<Vec<u8>> {
    let mut part = Vec::new();
    file.take(most).read_to_end(&mut part).await?;
    Ok(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_not_shown() {
        let s3 = S3 {
            endpoint: "http://127.0.0.1:1".into(),
            bucket: "b".into(),
            region: "r".into(),
            access_key: "the-access".into(),
            secret_key: "the-secret".into(),
            path_style: true,
        };
        let shown = format!("{s3:?}");
        assert!(!shown.contains("the-"), "{shown}");
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let source = "<AWSAccessKeyId>the-access</AWSAccessKeyId>the-secret".into();
        let why = Shelf::new(s3).unwrap().why(Error::Generic { store: "S3", source });
        assert!(!why.contains("the-") && why.contains("AWSAccessKeyId"), "{why}");
    }
}
