//! The loopback redirect: a listener on 127.0.0.1 that takes one callback of the browser (RFC 8252 §7.3).

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, REFERRER_POLICY,
};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use secrecy::SecretString;
use subtle::ConstantTimeEq as _;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

/// The path the browser comes back to; part of every registered redirect address.
pub(crate) const CALLBACK_PATH: &str = "/callback";

/// What the browser shows when it comes back, from the word catalogue. Plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageWords {
    /// Language tag, such as `en`.
    pub lang: String,
    /// The page's title.
    pub title: String,
    /// The sign-in came back: this window can be closed.
    pub received: String,
    /// What came back does not belong to this sign-in, or says that it was refused; the application says more.
    pub refused: String,
    /// Leads back to the application; none where its own scheme would open another one.
    pub back: Option<String>,
}

/// What the browser brought.
#[derive(Debug)]
pub(crate) enum Callback {
    /// A code, with the `iss` parameter if there was one (RFC 9207).
    Code { code: SecretString, issuer: Option<String> },
    /// `error` and `error_description`.
    Error { error: String, description: Option<String> },
}

/// Listening; dropping it closes the port.
pub(crate) struct Listener {
    socket: TcpListener,
    address: SocketAddr,
    taken: Vec<String>,
}

/// The redirect address at a port of this computer.
pub(crate) fn redirect_at(port: u16) -> String {
    format!("http://{}:{port}{CALLBACK_PATH}", Ipv4Addr::LOCALHOST)
}

impl Listener {
    /// On the first free port of the list, so that attempts one after the other are on the same; on any port when the
    /// list is empty.
    pub(crate) async fn bind(ports: &[u16]) -> std::io::Result<Self> {
        let any = [0];
        let mut taken = Vec::new();
        let mut last = None;
        for &port in if ports.is_empty() { &any[..] } else { ports } {
            match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
                Ok(socket) => {
                    let address = socket.local_addr()?;
                    return Ok(Self { socket, address, taken });
                }
                Err(error) => {
                    taken.push(redirect_at(port));
                    last = Some(error);
                }
            }
        }
        Err(last.unwrap_or_else(|| std::io::ErrorKind::AddrInUse.into()))
    }

    /// The address to register and to send as `redirect_uri`.
    pub(crate) fn redirect_uri(&self) -> String {
        redirect_at(self.address.port())
    }

    /// The addresses that stand before it in the list, at which other programs listen.
    pub(crate) fn taken(&self) -> Vec<String> {
        self.taken.clone()
    }

    /// Waits for the one callback with the right state and shows the browser its page. Whatever else is asked is answered
    /// 404, and another state 400: neither ends the attempt.
    pub(crate) async fn callback(self, state: &str, words: &PageWords) -> std::io::Result<Callback> {
        let (sender, mut receiver) = oneshot::channel();
        let desk = Arc::new(Desk {
            host: self.address.to_string(),
            state: state.to_owned(),
            words: words.clone(),
            sender: Mutex::new(Some(sender)),
        });
        let mut connections = JoinSet::new();
        let callback = loop {
            tokio::select! {
                // Errors of accepting are those of one connection, or of the moment.
                accepted = self.socket.accept() => if let Ok((stream, _)) = accepted {
                    let desk = Arc::clone(&desk);
                    connections.spawn(async move {
                        let service = service_fn(move |request| {
                            let response = desk.answer(&request);
                            async move { Ok::<_, Infallible>(response) }
                        });
                        // A browser that goes away mid-answer has still brought its callback.
                        let _ = http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service).await;
                    });
                } else {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                },
                callback = &mut receiver => match callback {
                    Ok(callback) => break callback,
                    Err(_) => return Err(std::io::ErrorKind::BrokenPipe.into()),
                },
            }
        };
        drop(self.socket);
        // The page is on its way to the browser; a browser that keeps its end open is not waited for.
        let _ = tokio::time::timeout(Duration::from_secs(2), async {
            while connections.join_next().await.is_some() {}
        })
        .await;
        Ok(callback)
    }
}

struct Desk {
    host: String,
    state: String,
    words: PageWords,
    sender: Mutex<Option<oneshot::Sender<Callback>>>,
}

impl Desk {
    fn answer(&self, request: &Request<Incoming>) -> Response<Full<Bytes>> {
        // A page elsewhere that resolves its own name to 127.0.0.1 comes with its own name.
        let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
        let ours = host == Some(self.host.as_str());
        if !ours || request.method() != Method::GET || request.uri().path() != CALLBACK_PATH {
            return page(StatusCode::NOT_FOUND, "", "", "", None);
        }
        let query = request.uri().query().unwrap_or_default();
        let field = |name: &str| {
            let mut values = url::form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
            values.next().map(|(_, value)| value.into_owned()).filter(|value| !value.is_empty())
        };
        let (code, error) = (field("code"), field("error"));
        if code.is_none() && error.is_none() {
            return page(StatusCode::NOT_FOUND, "", "", "", None);
        }
        if !same(&field("state").unwrap_or_default(), &self.state) {
            // Another attempt's, or any page's that knows the port: it ends nothing.
            return page(
                StatusCode::BAD_REQUEST,
                &self.words.lang,
                &self.words.title,
                &self.words.refused,
                None,
            );
        }
        let callback = if let Some(error) = error {
            Callback::Error { error, description: field("error_description") }
        } else {
            let code = SecretString::from(code.unwrap_or_default());
            Callback::Code { code, issuer: field("iss") }
        };
        let (status, text) = match callback {
            Callback::Code { .. } => (StatusCode::OK, &self.words.received),
            Callback::Error { .. } => (StatusCode::OK, &self.words.refused),
        };
        let sender = self.sender.lock().unwrap_or_else(PoisonError::into_inner).take();
        match sender {
            Some(sender) => {
                // The attempt may have been cancelled in this very moment.
                let _ = sender.send(callback);
                page(status, &self.words.lang, &self.words.title, text, self.words.back.as_deref())
            }
            // Only one callback counts.
            None => page(StatusCode::NOT_FOUND, "", "", "", None),
        }
    }
}

/// Compares in constant time for a given length: the state is a secret of this attempt.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// What opens the application itself, or brings it to the front.
const OWN_SCHEME: &str = "wholechart:";
/// The window's look: its paper, its ink, its accent (`ui/src/styles/tokens.css`).
const STYLE: &str = "\
    :root{color-scheme:light dark;--paper:light-dark(oklch(98.3% .008 88),oklch(19.5% .011 230));\
    --card:light-dark(oklch(99.8% .002 88),oklch(23.8% .013 230));--ink:light-dark(oklch(25% .025 235),oklch(94.5% .008 88));\
    --line:light-dark(oklch(89.5% .014 88),oklch(33.5% .014 230));--accent:light-dark(oklch(44% .083 196),oklch(79% .093 192));\
    --on:light-dark(oklch(99% .005 190),oklch(19% .03 200))}\
    body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--paper);color:var(--ink);font:18px/1.5 system-ui,sans-serif}\
    main{box-sizing:border-box;max-width:32rem;margin:1.5rem;padding:2rem;border:1px solid var(--line);border-radius:.75rem;background:var(--card)}\
    .brand{margin:0;font-weight:700;color:var(--accent)}\
    h1{margin:.5rem 0 1rem;font-size:1.35rem;line-height:1.35}\
    a{display:inline-block;padding:.6rem 1.2rem;border-radius:.5rem;background:var(--accent);color:var(--on);font-weight:600;text-decoration:none}\
    a:focus-visible{outline:3px solid var(--ink);outline-offset:2px}";

fn page(
    status: StatusCode,
    lang: &str,
    title: &str,
    text: &str,
    back: Option<&str>,
) -> Response<Full<Bytes>> {
    let body = if text.is_empty() {
        String::new()
    } else {
        let (lang, title, text) = (escaped(lang), escaped(title), escaped(text));
        let back = back.map(|back| format!("<p><a href=\"{OWN_SCHEME}\">{}</a></p>", escaped(back)));
        format!(
            "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head>\
             <body><main><p class=\"brand\">{title}</p><h1>{text}</h1>{}</main></body></html>",
            back.unwrap_or_default()
        )
    };
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        (CONNECTION, "close"),
    ] {
        headers.insert(name, hyper::header::HeaderValue::from_static(value));
    }
    response
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
