//! What the window hears of the computer: that it goes to sleep, or that its session was locked. Systems differ here.

/// Whether it is heard on this system.
pub(crate) const HEARS: bool = cfg!(target_os = "linux");

/// Calls `locks` each time, and waits for it: the system does not sleep before it is done, for as long as it lets itself be kept.
/// `why` is shown by the system to who asks what keeps it awake.
#[cfg(target_os = "linux")]
pub(crate) fn listen(why: String, locks: impl Fn() + Send + Sync + 'static) {
    use std::sync::Arc;

    let locks = Arc::new(locks);
    let by_screen = Arc::clone(&locks);
    linux::behind("logind", move || linux::logind(&why, &*locks));
    linux::behind("screen", move || linux::screen(&*by_screen));
}

/// Elsewhere nothing is heard: the record is locked by hand and when nobody is here.
#[cfg(not(target_os = "linux"))]
pub(crate) fn listen(_why: String, _locks: impl Fn() + Send + Sync + 'static) {}

#[cfg(target_os = "linux")]
mod linux {
    use std::thread;

    use zbus::{
        MatchRule, Result,
        blocking::{Connection, MessageIterator},
        message::Type,
        zvariant::OwnedFd,
    };

    const LOGIND: &str = "org.freedesktop.login1";

    /// Listens on a thread of its own, for as long as the program runs.
    pub(super) fn behind(name: &'static str, listen: impl FnOnce() -> Result<()> + Send + 'static) {
        let heard = thread::Builder::new().name(name.into()).spawn(move || {
            if let Err(error) = listen() {
                tracing::info!(%error, name, "the computer is not heard");
            }
        });
        if let Err(error) = heard {
            tracing::info!(%error, name, "the computer is not heard");
        }
    }

    /// systemd's logind: sleep, and the lock of a session, whosever it is (<https://systemd.io/INHIBITOR_LOCKS>).
    pub(super) fn logind(why: &str, locks: &dyn Fn()) -> Result<()> {
        let bus = Connection::system()?;
        let rule = MatchRule::builder().msg_type(Type::Signal).sender(LOGIND)?.build();
        let signals = MessageIterator::for_match_rule(rule, &bus, None)?;
        // The system sleeps when this is given back.
        let mut delay = delay(&bus, why).ok();
        for signal in signals {
            let signal = signal?;
            let header = signal.header();
            match header.member().map(zbus::names::MemberName::as_str) {
                Some("PrepareForSleep") if signal.body().deserialize()? => {
                    locks();
                    drop(delay.take());
                }
                Some("PrepareForSleep") => delay = self::delay(&bus, why).ok(),
                Some("Lock") => locks(),
                _ => {}
            }
        }
        Ok(())
    }

    /// Keeps the system awake until the lock is done, or until its patience ends.
    fn delay(bus: &Connection, why: &str) -> Result<OwnedFd> {
        let asked = ("sleep", "Wholechart", why, "delay");
        let interface = Some("org.freedesktop.login1.Manager");
        let answer =
            bus.call_method(Some(LOGIND), "/org/freedesktop/login1", interface, "Inhibit", &asked)?;
        answer.body().deserialize()
    }

    /// The desktop's own lock, which logind is not told of everywhere.
    pub(super) fn screen(locks: &dyn Fn()) -> Result<()> {
        let bus = Connection::session()?;
        let rule = MatchRule::builder().msg_type(Type::Signal).member("ActiveChanged")?.build();
        for signal in MessageIterator::for_match_rule(rule, &bus, None)? {
            let signal = signal?;
            let header = signal.header();
            let of_screen = header.interface().is_some_and(|one| one.ends_with(".ScreenSaver"));
            if of_screen && signal.body().deserialize().unwrap_or(false) {
                locks();
            }
        }
        Ok(())
    }
}
