### Words of the window (keys ui-…). Plain words: "visit", not "encounter"; what happened, what it means, what to do.

## Everywhere

ui-opening = Opening your record …
ui-keychain-waits = Waiting for your keychain
ui-keychain-waits-lead = It holds the key to your record. If it is locked, your computer asks for its password, perhaps in a window behind this one. You can also go on without it: your record then asks for its passphrase or recovery code, and a new record for a passphrase.
ui-keychain-give-up = Go on without it
ui-updating-title = One moment
ui-updating-lead = Wholechart was updated and is reading your record again, so that you see it as well as it can be shown. This happens once after an update. Nothing you have is changed.
ui-working-percent = { $shown } %
ui-skip = Skip to the page
ui-nav = Main
ui-nav-summary = Print a summary
ui-nav-menu = Menu
ui-nav-more = More
ui-nav-less = Less
ui-nav-whose = This record
ui-nav-syncing = receiving records
ui-nav-attention =
    { $count ->
        [one] One provider asks you to sign in again
       *[other] { $count } providers ask you to sign in again
    }
ui-sample = Sample
ui-sample-record = Sample record
ui-sample-text = Invented providers and an invented person. Nothing here is about you.
ui-details = Details for someone helping you
ui-try-again = Try again
ui-cancel = Cancel
ui-close = Close
ui-dismiss = Dismiss
ui-optional = optional
ui-field-required = Fill in this field.
ui-menu = What you can do here
ui-menu-open = Open
ui-menu-timeline = Show on timeline
ui-copy = Copy
ui-copied = Copied.
ui-copy-failed = Your system did not allow copying. Select the text and copy it by hand.
ui-back-providers = Providers
ui-back-add = Add a provider
ui-back-timeline = Timeline
ui-error-no-answer = Wholechart did not answer.
ui-error-no-answer-advice = Nothing stored is lost. Close the window and open it again.
ui-broken-title = Wholechart could not start
ui-title-connecting = Connecting
ui-title-ledger = What a provider gave
ui-date-hint = For example { $words }, or { $figures }.
ui-date-unreadable = Enter the month, day and year.
ui-date-unreadable-partial = This is not a date. Write a year, a month or a day.
ui-date-short-year = Enter all four digits of the year.
ui-date-no-such-day = This day does not exist.
ui-date-no-such-day-month-first = Read with the month first, this day does not exist.
ui-date-no-such-day-day-first = Read with the day first, this day does not exist.
ui-date-take = Use { $date }
ui-date-too-early = The date cannot be before { $date }.
ui-date-too-late = The date cannot be after { $date }.

## Locked, and the first key

ui-passphrase = Passphrase
ui-passphrase-again = Confirm passphrase
ui-passphrase-or-code = Passphrase or recovery code
ui-passphrase-show = Show
ui-passphrase-hide = Hide
ui-passphrase-hint = Four or five words that do not belong together are strong and easy to remember.
ui-passphrase-weak = Easy to guess. Add another word or two.
ui-passphrase-fair = Fair. One more word makes it strong.
ui-passphrase-strong = Strong.
ui-passphrase-mismatch = The two are not the same. Type the second one again.
ui-lock-new = Choose a passphrase for your record
ui-lock-new-lead = Your record is encrypted on this computer. You will be asked for this passphrase each time you open it. Nobody can look it up for you.
ui-lock-create = Create my record
ui-lock-working = One moment …
ui-lock-unlock = Your record is locked
ui-lock-unlock-lead = Type your passphrase to open it. The recovery code opens it too.
ui-lock-open = Open my record
ui-lock-by-itself-lead = Nothing of it is shown, and its key is not in this window. Press to open it again.
ui-lock-protects = A locked record keeps out anyone who walks up to your open computer.
ui-lock-protects-press = Without a passphrase, one press opens it: whoever can use this computer as you can open your record. Set a passphrase under Settings if it should ask for one.
ui-lock-protects-passphrase = It asks for your passphrase before it opens.
ui-lock-now = Lock the record
ui-lock-title = Lock
ui-lock-after = Lock the record by itself
ui-lock-after-hint = When the mouse and the keys of this window were not touched for so long.
ui-lock-after-minutes =
    { $count ->
        [one] After { $shown } minute
       *[other] After { $shown } minutes
    }
ui-lock-after-never = Never
ui-lock-with-computer = Lock the record when this computer sleeps or its screen is locked
ui-lock-at-start = Lock the record when this app opens
ui-lock-key-missing = The key to your record is not where it was
ui-lock-key-missing-lead = Your record is still here and safe. The recovery code you kept opens it.
ui-lock-retry-keychain = Look for the key again
ui-lock-missing = The file of your record is missing
ui-lock-missing-file = It should be here:
ui-lock-missing-find = Connect the drive, wait for the cloud service, or put the file back where it was. Then look again.
ui-lock-missing-backup = If you have a backup, restore it with the button below.
ui-lock-missing-anew = If there is nothing to bring back, you can begin a new, empty record. The keys of the missing one are put aside, not deleted.
ui-lock-missing-look = Look again
ui-lock-missing-begin = Begin a new record
ui-lock-missing-sure = Yes, begin a new, empty record
ui-catching-up-later = Later
ui-lock-in-use = Your record is open somewhere else
ui-lock-in-use-lead = It is open in another Wholechart window or terminal. Close that one, then try again.
ui-lock-damaged = The file of your record is damaged
ui-lock-damaged-rescue = Rescue: what can still be read goes into a new file, and you get a list of what could not. The damaged file is kept.
ui-lock-damaged-backup = Restore a backup: the record is as it was when the backup was made. The damaged file is kept here too.
ui-lock-damaged-then = Afterward, get records from your providers again. That fills in many gaps.
ui-lock-went-back = Your record is as it was before the upgrade
ui-lock-went-back-open = Open it with this version
ui-lock-failed = Your record could not be opened
ui-lock-failed-lead = The file was left as it is. Nothing was deleted or changed.
ui-recovery-title = Keep this recovery code
ui-recovery-lead = If you forget your passphrase, or this computer loses the key to your record, this code is the only other way in. Until you say that you saved it, each start shows a new code, and any earlier one no longer works.
ui-recovery-lead-keychain = If this computer loses the key to your record, this code is the only other way in. Until you say that you saved it, each start shows a new code, and any earlier one no longer works.
ui-recovery-code = Recovery code
ui-recovery-check = To be sure that it is right on your paper, type these three groups of the code.
ui-recovery-group = Group { $place }
ui-recovery-wrong = Group { $place } is not what the code says. Look at your paper, or show the code again.
ui-recovery-done = Check and continue
ui-recovery-again = Show the code again
ui-recovery-hint-write = Write it down or print it.
ui-recovery-hint-apart = Keep it away from this computer, as you would a spare house key.
ui-recovery-hint-nobody = Nobody else has it, so nobody can send it to you again.
ui-recovery-print-advice = Write the code down by hand, or copy it.
ui-recovery-kept = I’ve saved it

## First run

ui-welcome-title = All your health records in one place, on your own computer
ui-welcome-lead = Wholechart asks each of your providers for the records they keep about you and lays them out as one chart.
ui-welcome-name = Whose record is this?
ui-welcome-name-hint = Your name, or the name of the person you care for.
ui-welcome-birth = Date of birth
ui-welcome-zone = Home time zone
ui-zone-eastern = Eastern Time (New York, Atlanta, Miami)
ui-zone-central = Central Time (Chicago, Dallas, Minneapolis)
ui-zone-mountain = Mountain Time (Denver, Salt Lake City)
ui-zone-arizona = Arizona (Phoenix, no daylight saving time)
ui-zone-pacific = Pacific Time (Los Angeles, Seattle, Las Vegas)
ui-zone-alaska = Alaska (Anchorage)
ui-zone-hawaii = Hawaii (Honolulu)
ui-zone-atlantic = Atlantic Time (Puerto Rico, U.S. Virgin Islands)
ui-zone-chamorro = Guam and the Northern Mariana Islands
ui-zone-samoa = American Samoa
ui-zone-region-us = United States
ui-zone-region-america = Americas
ui-zone-region-europe = Europe
ui-zone-region-asia = Asia
ui-zone-region-africa = Africa
ui-zone-region-australia = Australia
ui-zone-region-pacific = Pacific
ui-zone-region-atlantic = Atlantic
ui-zone-region-indian = Indian Ocean
ui-zone-region-arctic = Arctic
ui-zone-region-antarctica = Antarctica
ui-zone-region-other = Other
ui-zone-count =
    { $count ->
        [one] One time zone found
       *[other] { $count } time zones found
    }
ui-zone-find = Find a time zone by city
ui-zone-found = Time zones found
ui-zone-none = No time zone has this name. Look for the nearest large city.
ui-welcome-zone-hint = So that days and times in the record are those at home.
ui-welcome-start = Continue
ui-welcome-private = What you enter and receive stays on this computer, encrypted. Wholechart connects only to your providers.
ui-start-title = Where are { $name }’s records?
ui-start-lead = Connect the first provider: a practice, a clinic, a hospital, a portal. You can add as many as you like.
ui-start-connect = Connect a provider
ui-start-connect-text = Search by name and sign in on the provider’s own page. It takes a minute or two.
ui-start-sample = Explore with sample providers
ui-start-sample-text = Made-up providers with forty years of a made-up patient’s records. You sign in and get records as you would from a real one.

## Providers

ui-providers-title = Providers
ui-providers-add = Add a provider
ui-providers-empty = No providers yet. Connect the first one and its records appear on your timeline.
ui-providers-sync = Get new records from all
ui-same-person = It is the same person
ui-not-shown-mine = It is my record all the same
ui-set-aside = Records about somebody else
ui-set-aside-text = They were sent with yours and are kept apart. Let them in only if they belong in this record, as a newborn’s do in the mother’s.
ui-let-in = Let in
ui-let-in-long = Let in the records of { $whose }
ui-other-person = It is somebody else
ui-other-person-done = This is the record of { $name }. What the provider has of them is on its way.
ui-news = { $name }: { $news }.
ui-news-link = See what changed
ui-news-none = No new records from { $name }.
ui-news-none-all = No new records. You already have what your providers share.
ui-provider-unknown = Unknown provider
ui-provider-sync = Get new records
ui-provider-sign-in = Sign in again
ui-provider-records =
    { $count ->
        [one] One item received
       *[other] { $shown } items received
    }
ui-provider-last = updated { $when }
ui-state-connected = Connected
ui-state-sign-in = Sign-in needed
ui-state-syncing = Receiving records
ui-state-files = From files
ui-state-disconnected = Disconnected
ui-sync-label = Progress of { $name }
ui-sync-starting = Asking { $name } what it has …
ui-sync-running = Receiving { $kind } …
ui-sync-finishing = Almost done. Putting the records in order …
ui-sync-done = Done. { $verdict }
ui-sync-received = { $shown } received
ui-sync-spoken = { $name }: { $done } of { $all } kinds of records done
ui-sync-left-soon = Less than a minute left
ui-sync-left =
    { $minutes ->
        [one] About a minute left
       *[other] About { $minutes } minutes left
    }
ui-sync-stop = Stop
ui-sync-stopping = Stopping. What has arrived is kept.
ui-kind-waiting = not asked yet
ui-kind-running = being received
ui-kind-complete = everything they have
ui-kind-incomplete = only a part
ui-kind-refused = not shared
ui-kind-not-offered = not offered
ui-kind-failed = failed
ui-kind-cancelled = stopped
ui-ledger-link = What we got
ui-ledger-link-long = What we got: { $name }
ui-ledger-title = What we got from { $name }, and what’s missing
ui-ledger-empty = Nothing has been asked yet. Get new records once, and every answer is listed here.
ui-ledger-details = What was asked and answered
ui-ledger-of = { $received } of { $total }
ui-ledger-news = The last time it brought { $news }
ui-change-new = New
ui-change-corrected = Corrected
ui-change-withdrawn = Withdrawn
ui-ledger-whole = Read everything again
ui-ledger-whole-text = Most of the time, only changes are asked for. A full read also shows what this provider took back.
ui-ledger-hosts = Wholechart connects to { $hosts } for this provider, using FHIR { $releases }.
ui-disconnect = Disconnect
ui-disconnect-long = Disconnect { $name }
ui-disconnect-title = Disconnect { $name }?
ui-disconnect-lead = Wholechart forgets the sign-in. Nothing changes at the provider, and you can connect again at any time.
ui-disconnect-keep = Disconnect, keep the records
ui-disconnect-keep-text =
    { $count ->
        [one] The one item received stays in your record. New ones no longer arrive.
       *[other] The { $shown } items received stay in your record. New ones no longer arrive.
    }
ui-disconnect-forget = Disconnect and remove the records
ui-disconnect-forget-text = What this provider sent is taken off this computer. To have it back, connect again; it is then asked for again.
ui-disconnect-stay = Stay connected
ui-disconnected-kept = { $name } is disconnected. Its records are kept.
ui-disconnected-forgotten = { $name } is disconnected and its records are removed.

## Adding a provider

ui-add-title = Add a provider
ui-add-search = Name of a practice, hospital or portal
ui-add-found =
    { $count ->
        [0] Nothing found
        [one] One found
       *[other] { $count } found
    }
ui-add-none = Nothing in the list matches “{ $query }”. Choose your portal below, or enter what your provider gave you.
ui-add-connected = Connected
ui-add-sample-title = Sample providers
ui-add-sample-lead = Choose one. The next page shows the invented user name and password to sign in with. Connect two or more to see how their records come together.
ui-add-portal-title = Not in the list? Which portal do you use?
ui-add-portal-text = Many practices share one portal. You’ll find its name on the sign-in page or in emails from your provider.
ui-add-manual = My provider gave me a web address for apps (advanced)
ui-card-practice = Name of your practice
ui-card-practice-hint = As shown on the portal’s sign-in page.
ui-card-go = Go to the sign-in page
ui-card-where = The sign-in page opens in your browser. You type your password there, never here.
ui-client-id = Client ID
ui-client-secret = Client secret
ui-client-secret-hint = It is kept inside your encrypted record and shown to nobody but this provider.
ui-card-step-register = First: register Wholechart there
ui-card-step-enter = Then: enter what you were given
ui-card-site = Open the page to register
ui-card-base = Address of the provider’s records
ui-card-base-hint = Your provider calls it “FHIR base URL” or “API base endpoint”. If you find your provider by name in the list, it is filled in for you.
ui-card-registers = Wholechart registers itself with this provider when you continue.
ui-redirect-title = Which address should your browser come back to?
ui-redirect-lead = What you register must be this address, letter for letter.
ui-redirect-copy = Copy { $address }
ui-redirect-own = The https address you registered
ui-copy-all = Copy all, separated by commas
ui-letters-title = Texts to send to your practice
ui-letters-lead = If the sign-in page does not let the app in, or you cannot sign in at all, your practice can help.
ui-letter-subject = Subject:
ui-letter-copy = Copy the text
ui-lists-none = Lists you can download here may have it.
ui-lists-title = Find more providers
ui-lists-lead = The companies that make medical systems publish lists of the providers that use them. Wholechart downloads one when you ask for it, keeps it here, and searches it without a network. The publisher sees that somebody downloaded it, and nothing about you.
ui-lists-held =
    { $count ->
        [one] 1 provider
       *[other] { $shown } providers
    }, downloaded { $when }
ui-lists-from = from { $host }
ui-lists-fetch = Download
ui-lists-again = Update
ui-lists-fetching = Downloading …
ui-lists-fetch-long = Download the list of { $name }
ui-connect-paste = Paste the address from your browser
ui-connect-paste-hint = When you have signed in, the browser goes to a page that begins with { $address }. It may say that it cannot open it; that is all right. Copy the whole address from the top of the browser and paste it here.
ui-connect-paste-go = Continue
ui-connect-choosing = Choose whose records to download. The other people can be connected afterwards, each with a record of their own.
ui-connect-trust-server = Use what the server says
ui-connect-trust-typed = Keep what I entered
ui-manual-registration-text = Leave this empty if you were given no client ID: some servers let Wholechart register itself.
ui-manual-title = Web addresses for apps
ui-manual-lead = Some providers give patients web addresses for apps, often on a page called “Patient API”. Copy them letter for letter. Wholechart looks up what you leave blank.
ui-manual-name = Name of the provider
ui-manual-bases = Where the records are
ui-manual-r4 = API base endpoint, R4
ui-manual-dstu2 = API base endpoint, DSTU2
ui-manual-missing = At least one of the two addresses is needed. It begins with https:// and often ends in “/r4” or “/dstu2”.
ui-manual-sign-in = Where you sign in
ui-manual-found = looked up if left blank
ui-manual-authorize = Authorization endpoint
ui-manual-token = Token endpoint
ui-manual-registration = How the provider knows this app
ui-connect-title = Connecting to { $name }
ui-connect-looking = Looking up how to reach { $name } …
ui-connect-step-find = Find the provider
ui-connect-step-sign-in = Sign in in your browser
ui-connect-step-finish = Finish
ui-connect-waiting = We opened your provider’s sign-in page in your browser. Type your password there, never here.
ui-connect-waiting-at = Waiting for you to sign in to { $name }
ui-connect-goes-on = This page continues by itself when you are done.
ui-connect-sample = This provider is invented. Sign in with:
ui-connect-sample-user = User ID
ui-connect-sample-password = Password
ui-connect-reopen = Open the page again
ui-connect-copy = Copy its address
ui-connect-change = Change what I entered
ui-connect-client-id = Enter a client ID
ui-connect-give-up = Not now
ui-connect-done = { $name } is connected.

## Timeline

ui-timeline-title = Timeline
ui-timeline-count =
    { $count ->
        [one] One record
       *[other] { $shown } records
    }
ui-timeline-count-of =
    { $count ->
        [one] { $shown } of one record
       *[other] { $shown } of { $all } records
    }
ui-timeline-jump = Go to
ui-timeline-filter = Filter
ui-timeline-kinds = Kinds of records
ui-timeline-providers = Source
ui-timeline-everything = Everything
ui-timeline-clear = Show everything
ui-timeline-none = No records match these filters.
ui-timeline-empty = Nothing here yet. Connect a provider and what it knows appears here, day by day.
ui-timeline-coming = Records are on their way. The first ones appear here as they arrive.
ui-timeline-watch = Watch the progress
ui-timeline-loading = Loading …
ui-timeline-end = You’ve reached the beginning.
ui-timeline-text = Find in the timeline
ui-timeline-more = More filters
ui-timeline-flagged = Out of range
ui-timeline-status = Status
ui-timeline-from = From
ui-timeline-to = Up to
ui-timeline-goto = Go to a date
ui-timeline-go = Go
ui-timeline-date-hint = A year, a month or a day: 2024, March 2024 or { $figures }.
ui-timeline-shelf =
    { $count ->
        [one] One record has no date. See it at the end
       *[other] { $shown } records have no date. See them at the end
    }
ui-timeline-undated-text = The provider did not say when. Nothing was guessed.
ui-timeline-fold =
    { $count ->
        [one] One more in normal range
       *[other] { $count } more in normal range
    }
ui-timeline-undated = Date not stated
ui-timeline-undated-short = none
ui-timeline-day-unknown = day not known
ui-timeline-month-unknown = only the year is known
ui-disagree = providers disagree
ui-disagree-title = Your providers disagree

## Home

ui-home-title = Home
ui-home-of = { $name }’s health record
ui-home-as-of = as of { $when }
# Of a source that is files.
ui-home-files-added = files added { $when }
ui-home-all = See all
# Before the names of what there is no room for.
ui-home-others = Also:
ui-home-more = See { $shown } more
ui-home-trend =
    { $count ->
        [one] { $test }: one value
       *[other] { $test }: all { $count } values over time
    }
ui-home-results = Latest results
ui-home-vitals = Vital signs
ui-home-medicines = Current medicines
ui-home-problems = Current problems
ui-home-ahead = Coming up
ui-home-doubtful = May be outdated
ui-home-doubtful-text = Still listed as current, but its end date has passed, or it was not ordered or reviewed in over a year. Ask at your next visit.
ui-home-no-results = Your providers have not shared any results.
ui-home-old-results = None in the last two years. Older ones are in the list.
ui-home-no-vitals = Your providers have not shared any vital signs.
ui-home-no-medicines = Your providers have not shared any current medicines. That does not mean that you take none.
ui-home-no-problems = Your providers have not shared any current problems.
ui-home-no-allergies = Your providers have not shared any allergies. That does not mean that you have none.
ui-home-empty = Nothing here yet. Connect a provider or add records from a file, and what is current appears here.
ui-home-news = New since you last looked
ui-home-last-visit = Last visit
ui-home-news-others = and { $count } more
ui-home-news-show = Show them
ui-home-news-hide = Hide them
ui-home-news-more = Show more ({ $shown } not shown)
ui-home-seen = Mark all as read
ui-home-seen-done = Done. Only newer records will be marked new.
ui-home-ask = Questions for your doctor.
ui-home-disagree =
    { $count ->
        [one] Your providers disagree about one thing.
       *[other] Your providers disagree about { $count } things.
    }
ui-home-backup-failed = The backup that is due could not be made.
ui-home-backup-see = See backups
ui-home-look = Look at them
ui-not-advice = This is what your providers recorded. It is not medical advice; ask them what it means for you.

## Lists

ui-medicines-title = Medicines
ui-problems-title = Problems
ui-allergies-title = Allergies
ui-vaccines-title = Vaccines
ui-visits-title = Visits
ui-procedures-title = Procedures
ui-plans-title = Care plans and goals
ui-team-title = Care team
ui-family-title = Family history
ui-insurance-title = Insurance and claims
ui-list-find = Find in this list
ui-list-told = Source
ui-list-more = Show more
ui-list-empty = { $list }: none of your providers shared any.
ui-list-empty-first = { $list }: nothing here yet. Connect a provider, or add records from a file.
ui-list-entries = { $count ->
    [one] { $shown } entry
   *[other] { $shown } entries
}
ui-list-empty-text = That does not mean that there are none. What a provider did not share cannot be shown.
ui-list-empty-providers = See what each provider gave

## Results

ui-results-title = Results
ui-results-which = What to show
ui-results-lab = Laboratory
ui-results-find = Find a test
ui-results-flagged = Latest one out of range
ui-results-none = No tests match these filters.
ui-results-test = Test
ui-results-latest = Latest
ui-results-trend = Over time
ui-results-count =
    { $count ->
        [one] one value
       *[other] { $count } values
    }
ui-results-save = Save as a table (CSV)
ui-trend-title = { $test } over time
ui-trend-description =
    { $count ->
        [one] One value: { $last }, { $to }. The table below has everything.
       *[other] { $count } values from { $from } ({ $first }) to { $to } ({ $last }). The table below has all of them.
    }
ui-trend-nothing = None of these values can be drawn. The table below has all of them.
ui-trend-unit = Show in
ui-trend-band = normal range as it was on the day
ui-trend-shapes = ▲ above, ▼ below, ◆ flagged
ui-trend-pair = solid: top number, dashed: bottom number
ui-trend-age = drawn by age
ui-trend-age-months =
    { $count ->
        [one] 1 month
       *[other] { $count } months
    }
ui-trend-age-years =
    { $count ->
        [one] 1 year
       *[other] { $count } years
    }
ui-trend-undrawn =
    { $count ->
        [one] one value is not drawn; the table says why
       *[other] { $count } values are not drawn; the table says why
    }
ui-trend-date = Date
ui-trend-value = Value
ui-trend-in = In { $unit }
ui-trend-range = Normal range then
ui-trend-more = Show earlier values ({ $shown })
ui-trend-latest = The chart shows the latest { $shown } of { $count } values.
ui-trend-all =
    { $count ->
        [one] See it over time
       *[other] See all { $count } values over time
    }

## To ask about

ui-ask-title = Questions for your doctor
ui-ask-waiting =
    { $count ->
        [one] One question needs your answer
       *[other] { $count } questions need your answer
    }
ui-ask-lead = Where your providers don’t agree. Nothing was changed and nothing was decided for you: each is shown as it was sent.
ui-ask-own-hint = One question per line. Each is printed with a line to write on.
ui-ask-none = Nothing to ask about
ui-ask-none-text = Your providers agree wherever they speak of the same thing. If a later visit changes that, it will be listed here.
ui-ask-first = Nothing to compare yet
ui-ask-first-text = Connect a second provider, and what they say differently is listed here.
ui-ask-loading = Reading what your providers say …
ui-ask-conflicts = Your providers disagree
ui-ask-conflicts-lead = Pick what you want to bring up at your next visit. It is printed at the top of your summary.
ui-ask-choose = Ask about this
ui-ask-chosen = On your printed summary
ui-ask-unchoose = Remove
ui-ask-settle = Dismiss
ui-ask-settled =
    { $count ->
        [one] One dismissed
       *[other] { $count } dismissed
    }
ui-ask-back = Put it back
ui-ask-open = Show the record
ui-ask-says = What each provider says
ui-ask-chosen-toast = It will be on your printed summary.
ui-ask-settled-toast = Moved to the end of the list.
ui-likely-title = Probably the same
ui-move = Move to another heading
ui-move-done = “{ $title }” is now listed under “{ $to }”. It was under “{ $from }”.
ui-move-done-own = “{ $title }” now has a heading of its own. It was under “{ $from }”.
ui-move-title = What is this about?
ui-move-lead = Choose what “{ $title }” is listed under. Nothing that was sent is changed, and you can undo it.
ui-move-find = Find a heading
ui-move-none = No heading of this list has that in its name.
ui-move-own = A heading of its own
ui-move-under = Listed under “{ $name }”
ui-same-yes = Yes, the same
ui-same-no = No, keep separate
ui-same-joined = Shown as one from now on.
ui-same-apart = Kept apart from now on.
ui-undo = Undo
ui-undone = Undone.
ui-undo-nothing = Nothing to undo.

## A record

ui-record = Record
ui-record-sources =
    { $count ->
        [one] Source
       *[other] { $count } sources
    }
ui-record-plain-source = A general explanation, not medical advice.
ui-value-none = no value sent
ui-record-related = Belongs to this
ui-record-day = On this visit
ui-record-day-all = Show { $shown } more
ui-record-under = Part of
ui-record-held-all = Show all of them
ui-record-why = Why these were combined
ui-record-why-compare = Compare what they say
ui-record-why-what = What
ui-record-why-none = not given
ui-record-split = Not the same? Show it separately
ui-record-split-done = { $provider } is shown separately from now on.
ui-record-join = Join with another record
ui-record-join-title = Which record says the same?
ui-record-join-lead = Choose a record to show together with “{ $title }”. Nothing that was sent is changed, and you can undo it.
ui-record-join-find = Find a record
ui-record-join-none = No other record of this kind was found.
ui-record-join-done = Shown as one from now on.
ui-record-before = It was changed. Before:
ui-record-narrative = As the sender’s own page shows it
ui-record-technical = Codes and technical details
ui-record-resource = Resource
ui-record-release = FHIR release
ui-record-received = Received { $when }
ui-record-timeline = See it on the timeline
ui-history =
    { $count ->
        [one] The provider changed this once
       *[other] The provider changed this { $count } times
    }
ui-history-own =
    { $count ->
        [one] Changed here once
       *[other] Changed here { $count } times
    }
ui-history-received = Received { $when }
ui-history-saved = Saved { $when }
ui-history-first = The first version
ui-history-small = Nothing you would see: only technical details changed.
ui-history-now = is now
ui-note-title = Your own note
ui-note-add = Write a note
ui-note-change = Change the note
ui-note-hint = Only you see it. It stays on this computer, and the search finds it.
ui-note-save = Save the note
ui-note-saved = Your note was saved.
ui-note-gone = Your note was deleted.
ui-note-kept = What you began to write is still here. It is not saved yet.
ui-note-go-on = Keep writing
ui-wrong = Is something wrong here?
ui-wrong-text = Only the provider who wrote it can correct a record. Write to its medical records office, or send a message on its portal. You could write this:
ui-wrong-letter =
    I ask you to correct my health record.
    Name: { $person }
    Born: { $born }
    Record: { $what }, { $day }
    It says: { $value }
    What is wrong, and what would be right:
    Your reference: { $resource }
    Please tell me in writing what you decide.
ui-wrong-no-value = (see the record)
ui-wrong-fill-in = (fill in)
ui-wrong-copy = Copy these words
ui-wrong-write = Write a letter
ui-wrong-files = This came from files you added. The letter goes to whoever wrote it. Add their address, which the files may not say.
ui-wrong-then = In the United States they must answer within 60 days. When they have corrected it, get new records: the correction appears here, and what they said before stays under the history. You can keep a note here until then.
ui-raw-title = Exactly as it was sent
ui-raw-own = Exactly as it was saved
ui-raw-older = An earlier version, received { $when }
ui-raw-own-older = An earlier version, saved { $when }
ui-raw-received = Received { $when }
ui-raw-sha = SHA-256 { $sha }

## Search

ui-search = Search
ui-search-key = { $command } K
ui-search-hint = Results, medicines, notes, people, places
ui-search-start = Type the beginning of a word. Everything in this record is searched: titles, values, notes, documents, people and places.
ui-search-answers = Found
ui-search-found =
    { $count ->
        [0] Nothing found
        [one] One found
       *[other] { $count } found
    }
ui-search-none = Nothing in this record matches “{ $text }”.
ui-search-none-advice = Try fewer words, or only the beginning of one. What a provider did not share cannot be found here, and neither can the words on scanned pages: those are pictures.
ui-search-more = and { $shown } more
ui-search-times = { $shown } times in all
ui-search-all = Show everything with “{ $text }” on the timeline
ui-search-keys = ↑ ↓ to choose, Enter to open, Esc to close

## Keys

ui-keys = Keys
ui-keys-search = Search everything
ui-keys-filter = Find on this page; the / key does the same in lists
ui-keys-print = Print what this page shows
ui-keys-settings = Open Settings
ui-keys-places = Go to the first nine pages of the menu
ui-keys-menu = Show what you can do with a record; a right-click does the same
ui-keys-size = Larger, smaller, normal size
ui-keys-next = Next record
ui-keys-previous = Previous record
ui-keys-open = Open the record
ui-keys-close = Close the record or dialog, and go back to where you opened it
ui-keys-back = Back to what you saw before
ui-keys-forward = Forward again
ui-keys-undo = Take back what was just done
ui-keys-help = Show these keys

## Compare lists

ui-compare-title = Compare lists
ui-compare-lead = What each provider lists, beside what the others list. “Not listed” does not mean that you do not take it or have it.
ui-compare-print = Print or save this
ui-compare-loading = Reading what your providers list …
ui-compare-table = { $kind }, a wide table that scrolls sideways
ui-compare-alone = There is only one provider in each table, so there is nothing to compare yet. Connect a second one, and you see here where they differ.
ui-compare-empty = There is nothing to compare yet
ui-compare-empty-text = No provider lists medicines, allergies or problems.

## Summary

ui-title-letter = A letter
ui-write-link = Ask for a copy
ui-write-link-long = Ask for a copy of your whole record: { $name }
ui-write-correction = Ask for a correction
ui-write-copy = Ask for a copy of your record
ui-write-correction-lead = A provider has 60 days to answer. Print the letter or save it, sign it, and send it or hand it in. Keep a copy.
ui-write-copy-lead = A portal does not give everything that a provider holds. This letter asks for all of it; they have 30 days to answer.
ui-write-to = To
ui-write-to-hint = Name and address of the medical records office. Their website or the front desk knows it.
ui-write-says = What the record says now
ui-write-should = What it should say
ui-write-why = Why
ui-write-empty = Leave it empty to write by hand.
ui-write-number = The letter says your number there: { $number }.
ui-write-no-number = Your number there is not known. Write it on the letter if you have it.
ui-write-not-sent = Nothing is sent from here.
ui-print-choices = What is printed
ui-print-choices-lead = Kept with { $name }, for every time you print.
ui-print-reason = Reason for your visit
ui-print-questions = What you want to ask
ui-print-questions-hint = One question per line. Each is printed with a line to write on.
ui-print-contacts = How to reach you, and who to call
ui-print-contacts-hint = Phone, and names with phones. Printed below your name.
ui-print-large = Large print (18 points)
ui-print-language = Language of the printout
ui-print-language-window = As in the window
ui-print-sections = Sections of the summary
ui-print-sections-hint = Allergies, current medicines and current problems are always there. What you leave out is named on the paper.
ui-print-grows = Print everything I chose, on as many pages as it needs
# Beside what two pages have no room for.
ui-print-grow = Print it all, on more pages
ui-print-since = Results, vital signs, procedures and visits
ui-print-since-all = As much as fits
ui-print-since-year = Since { $year }
ui-print-providers = Providers
ui-print-section-outOfRange = Results out of range
ui-print-section-disputed = What your providers disagree about
ui-print-section-vaccines = Vaccines
ui-print-section-results = Latest results
ui-print-section-vitals = Latest vital signs
ui-print-section-procedures = Procedures
ui-print-section-visits = Recent visits
ui-print-section-team = Care team
ui-print-sensitive-lead = It would be printed next to your allergies, medicines and problems, which are always there. You are asked once. You can change it under “What is printed”. You can print, save or copy once you have answered.
ui-print-tellers = Show the source of each line (letters A, B …)
ui-print-problem = What the visit is about
ui-print-problem-all = All problems
ui-print-section-changed = What changed since the last visit
ui-print-sensitive-kinds = Sensitive information
ui-print-sensitive-kinds-hint = Your allergies, and what you have and take now, are always printed.
ui-print-sensitive-names = { $kind }: { $names }
ui-print-sensitive-yes-kind = Print it: { $kind }
ui-print-sensitive-no-kind = Leave it out: { $kind }
ui-print-tests = Tests to print
ui-print-tests-hint = If you check none, the tests with more than one value or out of range are printed.
ui-print-tests-loading = Looking for your tests …
ui-print-whole = This prints everything that providers shared, with contents and an index. It is long, so it is made as a file and not shown here.
ui-print-whole-cancel = Cancel
ui-print-copy = Copy as text
ui-print-copied = Copied. Paste it where you need it.
ui-print-copy-failed = The text could not be copied.
ui-print-copy-failed-advice = Save the summary as PDF instead, and copy from that file.
ui-print-open = Open the file
ui-print-sensitive-yes = Print it
ui-print-sensitive-no = Leave it out
ui-summary-paper = Paper
ui-summary-sheet = Sheet
ui-sheet-summary = Summary for a visit
ui-sheet-compare = Compare lists
ui-sheet-medicines = Medicine list
ui-sheet-vaccines = Vaccination record
ui-sheet-emergency = Emergency card
ui-sheet-care = Care history for forms
ui-sheet-results = Results over time
ui-sheet-whole = Whole record
ui-summary-letter = Letter (8.5 × 11 in)
ui-summary-a4 = A4 (210 × 297 mm)
ui-summary-save = Save as PDF
ui-summary-print = Print
ui-summary-print-failed = The system's print dialog did not open.
ui-summary-print-failed-advice = Save the summary as PDF instead, and print that file.
ui-summary-saved = Saved to { $path }
ui-summary-loading = Laying out the pages …
ui-summary-pages =
    { $count ->
        [one] Preview of your printout: one page.
       *[other] Preview of your printout: { $count } pages.
    }
ui-summary-page = Page { $number } of { $count }

## People

ui-people-title = People
ui-people-lead = Each person has a record of their own, with their own providers. Nothing from one shows up in another’s.
ui-people-add = Add a person
ui-people-add-save = Add this person
ui-people-added = { $name } was added. Choose “Switch to this record” to go there.
ui-people-added-shown = { $name } was added. This is their record now.
ui-people-change = Change
ui-people-change-long = Change { $name }
ui-people-changed = The changes to { $name } are saved.
ui-people-save = Save
ui-people-show = Switch to this record
ui-people-shown = Currently open
ui-people-born = born { $date }
ui-people-born-sent = born { $date }, from your records
ui-people-born-unknown = birth date not entered
ui-people-colour = Color
ui-people-colour-number = Color { $number }
ui-people-manage = Add or change people

## Settings

ui-settings-title = Settings
ui-settings-find = Find in Settings
ui-settings-found =
    { $count ->
        [0] No section of Settings has that.
        [one] One section
       *[other] { $count } sections
    }
ui-settings-look = How it looks
ui-settings-theme = Light or dark
ui-settings-theme-system = Same as this computer
ui-settings-theme-light = Light
ui-settings-theme-dark = Dark
ui-settings-size = Size of everything
ui-settings-size-percent = { $size } %
ui-settings-size-hint = { $command } and + or − does the same anywhere; { $command } and 0 goes back.
ui-settings-contrast = High contrast
ui-settings-contrast-hint = Black on white or white on black, with strong lines.
ui-settings-language = Language
ui-settings-language-legend = The words of this app
ui-settings-language-system = Same as this computer ({ $language })
ui-settings-language-hint = What your providers wrote stays in their words.
ui-settings-dates = Dates and times
ui-settings-date-order = How dates are written
ui-settings-date-order-hint = On screen, on paper, and when you type a date in numbers.
ui-settings-date-example = { $words } or { $figures }
ui-settings-clock = How times are written
ui-settings-as-system = Same as this computer ({ $example })
ui-settings-home = Where { $name } lives
ui-settings-home-hint = The days in the record are the days of that place. Changing it may move a record by a day.
ui-keys-title = What opens your record
ui-keys-by-keychain = This computer’s keychain, by itself.
ui-keys-by-passphrase = Your passphrase.
ui-keys-by-code = The recovery code you keep on paper.
ui-keys-new-code = New recovery code
ui-keys-new-code-lead = If you lost the code, or somebody saw it, make a new one. The old one will no longer work.
ui-keys-set-passphrase = Set a passphrase
ui-keys-change-passphrase = Change the passphrase
ui-keys-passphrase-lead = It opens your record where the keychain cannot. Your old passphrase will no longer work. Backups keep the passphrase they were made with.
ui-keys-new-passphrase = New passphrase
ui-keys-passphrase-done = The new passphrase opens your record from now on.
ui-keys-change-key = Change the key
ui-keys-change-key-lead = If somebody may have copied the key to your record, everything is encrypted again with a new one. You get a new recovery code; the old one will no longer work. This takes a moment.
ui-keys-now = Passphrase of your record
ui-keys-now-or-code = Passphrase of your record, or recovery code
ui-erase-open = Erase for good
ui-erase-title = Erase for good?
ui-erase-no-undo = This cannot be undone. Nobody can bring it back, not even Wholechart.
ui-erase-backups = These backups and copies were made here. They may still hold it. To have it gone everywhere, delete them too:
ui-erase-aside = These files are left of another, missing record and are not touched. Delete them yourself if you are sure that nobody needs them:
ui-erase-sure = I am sure
ui-erase-stay = Keep everything
ui-erase-now = Erase now
ui-erase-working = Erasing and writing over it …
ui-erased = It is erased.
ui-erase-settings = Erase
ui-erase-settings-lead = One person is erased under People, one provider or import under Providers, one document on its page. Here the whole record can be erased from this computer. What providers keep of you stays with them.
ui-erase-everything = Erase everything here
ui-import-erase-lead = Undoing keeps your notes about these records, in case you add the same files again. Erasing keeps nothing.
ui-people-erase-long = Erase for good: { $name }
ui-erase-document = Erase this document
ui-health-title = The file of your record
ui-health-lead = Your record is one encrypted file on this computer. A short look at each start sees whether it is damaged. Here you can have all of it checked.
ui-health-check = Check the whole file
ui-health-checking = Checking …
ui-health-rescue = Rescue what can be read
ui-health-rescue-lead = What can be read goes into a new file, and you get a list of what could not. The damaged file is kept. The record is closed meanwhile.
ui-health-rescuing = Reading what can be read …
ui-health-rescued = Your record was rescued from a damaged file on { $when }.
ui-health-lost = This could not be read:
ui-health-lost-nothing = Everything could be read.
ui-health-fill = To fill the gaps, get records from your providers and add your files again. What you wrote yourself may be in your last backup.
ui-health-aside = The damaged file is kept here:
ui-health-seen = I have read this
ui-health-see = Open Settings
ui-health-cloud-folder = It is this folder:
ui-upgrade-kept = Before the last upgrade, on { $made }, a copy of your record was made. It is kept until { $until }.
ui-upgrade-back-lead = If something is wrong since the upgrade, you can go back to it and use the older version of Wholechart. What came since then is not in it: make a backup first.
ui-upgrade-back = Go back to the copy
ui-upgrade-back-sure = Yes, go back and close my record
ui-backup-title = Backup
ui-backup-last = Last backup: { $when }.
ui-backup-never = No backup has been made yet. If this computer is lost or breaks, your record is lost with it.
ui-backup-make = Make a backup
ui-backup-lead = A backup is one encrypted file with everything in your record, except your sign-ins at providers. Keep it somewhere other than this computer: on a USB stick, or on another disk.
ui-backup-passphrase = Passphrase of the backup
ui-backup-keep = Without this passphrase nobody can open the backup, not even you. Write it down and keep it apart from the backup.
ui-backup-now = Choose a place and back up
ui-backup-working = Making the backup and reading it back …
ui-backup-done = Backed up to { $file } and read back.
ui-take-out-title = Take everything out
ui-take-out-lead = A folder with everything that is kept of { $name }: what each provider sent, as it was sent, documents, your notes, and a page that tells what is there. It can be read without Wholechart: to keep it, or to take it to another program. To have your record back after a loss, make a backup.
ui-take-out-begin = Take everything out …
ui-take-out-choose = Choose a folder
ui-take-out-other = Choose another folder
ui-take-out-missing = Choose the folder that it goes into.
ui-take-out-encrypt = Encrypt it
ui-take-out-encrypt-hint = Then it is one file that only your passphrase opens, with the free program “age”.
ui-take-out-open = Without encryption, whoever can open the folder can read everything in it.
ui-take-out-passphrase = Passphrase of the file
ui-take-out-keep = Without this passphrase nobody can open the file, not even you.
ui-take-out-now = Take everything out
ui-take-out-working = Taking everything out …
ui-take-out-done = Everything is here:
ui-take-out-look = Open the page about it
ui-schedule-title = Automatic backups
ui-schedule-off = Turned off. Wholechart can make backups by itself while it is open.
ui-schedule-lead = Wholechart makes a backup by itself while it is open, into a folder that you choose. Best is a USB stick or another disk. A folder that is copied to a cloud is safe too: nobody can open a backup without its passphrase.
ui-schedule-begin = Back up automatically
ui-schedule-choose = Choose a folder
ui-schedule-other = Choose another folder
ui-schedule-missing = Choose the folder that backups go to.
ui-schedule-often = How often
ui-schedule-daily = Every day
ui-schedule-weekly = Every week
ui-schedule-monthly = Every month
ui-schedule-keep = How many to keep
ui-schedule-keep-hint = The newest ones are kept, and the first of each of the last twelve months. Older ones that Wholechart made by itself are deleted.
ui-schedule-passphrase = Passphrase of these backups
ui-schedule-passphrase-kept = Wholechart keeps this passphrase inside your encrypted record, so that it does not have to ask. Without it nobody can open a backup, not even you. Write it down and keep it apart from the backups.
ui-schedule-start = Turn on
ui-schedule-save = Save
ui-schedule-change = Change
ui-schedule-stop = Turn off
ui-schedule-next = The next one: { $day }.
ui-schedule-due = The next one is due now.
ui-schedule-failed = The backup that is due could not be made. It is tried again every hour.
ui-schedule-saved = Backups are made automatically from now on.
ui-schedule-stopped = No more backups are made automatically. Those that were made stay where they are.
ui-restore-open = Restore from a backup
ui-restore-title = Restore from a backup
ui-restore-lead = Choose the file that Wholechart made as a backup. Its name usually ends in “.age”. Nothing is changed before you have seen what is in it.
ui-restore-choose = Choose a file
ui-restore-look = Look inside the backup
ui-restore-looking = Reading the whole backup …
ui-restore-made = The backup was made { $when } by Wholechart { $version }. It is whole.
ui-restore-in-backup = In the backup
ui-restore-here = On this computer now
ui-restore-nobody = Nobody’s records.
ui-restore-born = born { $day }
ui-restore-newest = Newest record: { $day }
ui-restore-replaces = Everything that is in Wholechart now will be replaced by what is in the backup. You can take this back until Wholechart is started again.
ui-restore-signed-out = Afterwards you sign in at your providers again. You also get a new recovery code. On a computer without a keychain, the passphrase of the backup opens your record.
ui-restore-now = Restore this backup
ui-restore-working = Restoring …
ui-restore-done = Your record was restored from the backup.
ui-restore-undo-lead = Your record was restored from a backup. Until Wholechart is started again, you can put back what was here before.
ui-restore-undo = Put back what was here before
ui-restore-undone = What was here before is back.

ui-assistant-title = Your own assistant
ui-assistant-lead = An assistant program on this computer can ask Wholechart about your record. It can only read. It is told nothing until you turn this on.
ui-assistant-on = Answer an assistant
ui-assistant-whom = Choose whose record it may read. Nobody else is there for it: no name, no number.
ui-assistant-share = Tell it about { $name }
ui-assistant-sensitive = What you may not want it to know about { $name }
ui-assistant-sensitive-hint = Each of these is kept back, in every record and every letter, unless you check it. Whole letters are kept back where they only mention it.
ui-assistant-kinds = Kinds of records: { $shown } of { $total }
ui-assistant-kinds-of = Kinds of records of { $name }
ui-assistant-after = What it was told is written down under Connections log. How to set it up is in the guide.
ui-updates-title = Newer versions
ui-updates-none = This copy of Wholechart does not look for newer versions. You find releases here:
ui-updates-lead = Wholechart can ask { $host } once a week whether there is a newer version. It sends nothing about you or your record. Nothing is downloaded or installed until you say so.
ui-updates-version = You have version { $version }.
ui-updates-on = Look for newer versions
ui-updates-now = Look now
ui-updates-looking = Looking …
ui-updates-looked = Last looked: { $when }
ui-updates-found = Version { $version } of { $day }
ui-updates-changes = What changed
ui-updates-package = For this computer: { $package }
ui-updates-no-package = There is no package for this computer. Look where releases are: { $releases }
ui-updates-download = Download
ui-updates-downloading = Downloading …
ui-updates-saved = Its signature was checked. It is here: { $path }
ui-updates-open = Open the package
ui-updates-copy = When the new version opens your record, it keeps a copy of it as it was. Under “The file of your record” you can go back to it.
ui-fetch-title = Getting new records
ui-fetch-start = Ask your providers automatically
ui-fetch-start-hint = When Wholechart is open and this much time has passed since it last asked. With “Never” they are only asked when you say so, under Providers.
ui-fetch-never = Never
ui-fetch-after =
    { $count ->
        [1] After a day
        [7] After a week
        [30] After a month
       *[other] After { $shown } days
    }
ui-fetch-whole = Read everything again from the beginning
ui-fetch-whole-hint = In between, only what is new or changed is asked for. That is quicker. A full read also shows what a provider took out of your record. It takes longer. It is done the next time your providers are asked.
ui-fetch-every =
    { $count ->
        [1] Every day
        [7] Every week
        [14] Every 2 weeks
        [30] Every month
        [90] Every 3 months
       *[other] Every { $shown } days
    }
ui-settings-developers = For developers
ui-settings-test-providers = Show test servers among the providers
ui-settings-test-providers-hint = They hold made-up patients, and none of your records.
ui-settings-more = More
ui-settings-people = Whose records are kept here
ui-settings-contacts = Every computer it spoke to, and what went there
ui-settings-about = Version, and whose work it is built from
ui-contacts-title = Connections log
ui-contacts-lead = Written down as it happened, for this person. Wholechart speaks to these computers and to no others: no statistics, no updates, no copies.
ui-contacts-none = Nothing has been sent anywhere.
ui-contacts-count =
    { $count ->
        [one] once
       *[other] { $shown } times
    }
ui-contacts-last = last { $when }
ui-sent-title = Every request
ui-sent-lead = Each one as it was sent: to whom, why, and what came back. What was asked and your sign-in are not written here.
ui-sent-none = Nothing has been written down yet.
ui-sent-newest = The newest requests, one by one
ui-sent-when = When
ui-sent-where = Where to
ui-sent-why = Why
ui-sent-answer = What came back
ui-handed-title = What was shared
ui-handed-lead = Files you saved, pages you printed, and what a program on this computer was told because you turned it on. That program may have sent it on to its maker.
ui-handed-newest = The newest, one by one
ui-handed-whom = How, or to whom
ui-handed-what = What
ui-handed-records = How much
ui-contacts-questions = Exactly what was asked
ui-registrations-title = How providers know this app
ui-registrations-lead = Some providers know apps by a client ID. It says which app is asking, not who you are.
ui-registrations-secret = A client secret is kept with it, inside your encrypted record.
ui-registrations-none = No client ID is kept.

## About

ui-about-title = About and Licenses
ui-about-version = Version { $version }
ui-about-what = One chart from every provider, on your own computer. What you see is what your providers sent; nothing of it leaves this computer.
ui-about-advice = Wholechart gives no medical advice. Ask the people who treat you before you change anything.
ui-about-licence = Free software under the Apache License 2.0.
ui-about-codes = Codes and units
ui-about-codes-loinc = This material contains content from LOINC (http://loinc.org). LOINC is copyright © 1995–2026, Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc.
ui-about-codes-ucum = Units follow UCUM, copyright © 1999–2026, Regenstrief Institute, Inc. All rights reserved. http://unitsofmeasure.org
ui-about-codes-public = ICD-10-CM and CVX are published by the United States government. Codes of SNOMED CT, CPT and RxNorm are shown as your providers sent them; none of their tables is part of this app.
ui-diagnostics-title = If something is broken
ui-diagnostics-lead = When you report a problem, this helps whoever looks for it: the version, the system, how much is in your record, and where the app broke. No name, no provider and nothing of your record is in it. Read it before you send it.
ui-diagnostics-show = Show what would be copied
ui-diagnostics-copy = Copy this text
ui-diagnostics-copied = Copied.
ui-diagnostics-not-copied = The system did not let it be copied. Select the text and copy it by hand.
ui-about-built-from = Built from other people’s work
ui-about-built-from-lead =
    { $count ->
        [one] One piece of free software is inside. Thank you.
       *[other] { $shown } pieces of free software are inside. Thank you.
    }
ui-about-other-licences = Other licenses
ui-about-pieces =
    { $count ->
        [one] one piece
       *[other] { $shown } pieces
    }
ui-about-find = Find a name or a license
ui-about-none = Nothing here has “{ $text }” in its name or license.

## Documents

ui-files-title =
    { $count ->
        [one] The file
       *[other] The files
    }
ui-documents-title = Documents
ui-document-title = Document
ui-document-back = Back
ui-document-find = Find in this document
ui-document-next = Next
ui-document-found = { $at } of { $count }
ui-document-not-found = Not found here
ui-document-pictures = These pages are pictures; their words cannot be searched.
ui-document-save = Save
ui-document-opening = Opening the document …
ui-document-broken = This file is damaged or of a kind that cannot be shown here. Save it and try another program, or ask the provider for it.
ui-document-page-broken = This page cannot be shown here. Save the document and try another program, or ask the provider for it.
ui-document-print-advice = Save the document instead, and print that file.
ui-document-print-many = Documents of more than { $count } pages are printed by another program: save this one, and open it there.
ui-read-find = Find results in this document
ui-read-title = Results in this document
ui-read-looking = Looking for results …
ui-read-lead = Compare each row with the page, and check those that are right. Nothing is saved before you do. Lines that were not clear are left out.
ui-read-none = No results were found in this document.
ui-read-none-advice = Only tables of test, value and unit or normal range are read, and nothing is guessed. If you see results on the page, add them yourself: open Results, and press Add a result.
ui-read-wordless = Its pages are pictures, and pictures are not read. Ask the laboratory or your portal for the PDF itself, or add results yourself: open Results, and press Add a result.
ui-read-results = Open Results
ui-read-cut = This document is very long; only its first part was looked at.
ui-read-words = On the page:
ui-read-look = Show on page { $page }
ui-read-range = normal range { $range }
ui-read-no-day = no day
ui-read-day = When the sample was taken, for rows without a day
ui-read-lacks-day = The day is missing: write when the sample was taken.
ui-read-lacks-name = The name of the test is missing.
ui-read-lacks-value = The result is missing.
ui-read-is-kept = In your record
ui-read-keep =
    { $count ->
        [0] Keep what you checked
        [one] Keep 1 result
       *[other] Keep { $shown } results
    }
ui-read-kept =
    { $count ->
        [one] 1 result was added.
       *[other] { $count } results were added.
    }

## Records from files

ui-files-add = Add records from a file
ui-files-add-title = Records from files
ui-files-lead = What a portal, a doctor or another app has handed you. You see what is in it before anything is stored, and you can undo it at any time.
ui-files-drop = Drop files or folders anywhere on this window, or choose them.
ui-files-drop-here = Drop to see what is in them
ui-files-choose = Choose files
ui-files-choose-folder = Choose a folder
ui-files-which = FHIR (JSON), C-CDA documents, PDFs, pictures, SMART Health Cards, an Apple Health export, and zip or tar archives of them. Nothing is sent anywhere.
ui-files-looking = Looking at the files…
ui-files-taking = Adding the records…
ui-files-stop = Stop
ui-files-preview = { $count ->
    [one] In this file
   *[other] In these { $shown } files
}
ui-files-whose = About
ui-files-whose-not-said = The files do not say
ui-files-born = born { $date }
ui-files-period = Dates covered
ui-files-known = Already here
ui-files-known-none = Nothing of it
ui-files-known-some = { $known } of { $total }
ui-files-sources = Sources
ui-files-label = Name of the source
ui-files-unread = { $count ->
    [one] One thing is not read
   *[other] { $shown } things are not read
}
ui-files-nothing = There is nothing in these files that can be added.
ui-files-take = Add them
ui-files-theirs = Put them in { $name }’s record
ui-files-take-anyway = They are { $name }’s: add them
ui-files-leave = Don’t add them
ui-files-done = { $count ->
    [one] One record was added
   *[other] { $shown } records were added
}
ui-files-done-none = Nothing was added
ui-files-done-toast = { $count ->
    [one] One record was added.
   *[other] { $count } records were added.
}
ui-files-new = { $count ->
    [one] One of them says something new.
   *[other] { $shown } of them say something new.
}
ui-files-nothing-new = All of it was here already.
ui-files-timeline = Show the timeline
ui-files-more = Add further files
ui-files-undone = The import was undone.
ui-start-files-text = A download from a portal, a document on a disc, a folder from another app.
ui-import-line = Added { $when }: { $count ->
    [one] one record
   *[other] { $shown } records
}
ui-import-undo = Undo this import
ui-import-undo-long = Undo the import of { $when }
ui-import-undo-title = Undo this import?
ui-import-undo-lead = What was added { $when } for { $sources } is deleted from this computer. What others say as well stays. Your files stay where they are.
ui-import-undo-stay = Keep it
ui-record-from-document = From the document

## What a person adds of their own

ui-own-add = Add
ui-own-add-long = Add to { $list }
ui-own-add-measurement = Add a measurement
ui-own-title = Add something of your own
ui-own-title-medicine = Add a medicine
ui-own-title-allergy = Add an allergy
ui-own-title-problem = Add a problem
ui-own-title-measurement = Add a measurement
ui-own-title-result = Add a result
ui-own-title-vaccine = Add a vaccine
ui-own-title-visit = Add a visit
ui-own-title-change = Change what you added
ui-own-kind = What do you want to add?
ui-own-kind-none = Choose
ui-own-kind-medicine = A medicine
ui-own-kind-allergy = An allergy
ui-own-kind-problem = A problem or illness
ui-own-kind-measurement = A measurement
ui-own-kind-result = A result of a laboratory
ui-own-kind-vaccine = A vaccine
ui-own-kind-visit = A visit or appointment
ui-own-medicine-name = Name and strength
ui-own-medicine-name-hint = As on the package, such as lisinopril 10 mg.
ui-own-medicine-how = Dose and how you take it
ui-own-medicine-how-hint = Such as 1 tablet every morning.
ui-own-medicine-reason = What you take it for
ui-own-allergy-name = What you react to
ui-own-allergy-reaction = What happened
ui-own-allergy-reaction-hint = Such as hives or trouble breathing.
ui-own-severity = How bad it was
ui-own-severity-none = Not said
ui-own-severity-mild = Mild
ui-own-severity-moderate = Moderate
ui-own-severity-severe = Severe
ui-own-problem-name = What it is called
ui-own-vaccine-name = Vaccine
ui-own-vaccine-name-hint = Its name, or what it is against.
ui-own-vaccine-place = Where you got it
ui-own-vaccine-lot = Lot number
ui-own-vaccine-date = When you got it
ui-own-visit-name = What it was for
ui-own-visit-place = Where, or with whom
ui-own-visit-date = When it was, or will be
ui-own-visit-note = What was said and done
ui-own-result-name = Test
ui-own-result-value = Result
ui-own-result-value-hint = A number or words, such as 131 or Negative.
ui-own-result-date = When the sample was taken
ui-own-range = Usual range
ui-own-range-hint = As the laboratory prints it, such as 70-99.
ui-own-flag = Marked by the laboratory as
ui-own-flag-none = Not marked
ui-own-flag-high = High
ui-own-flag-low = Low
ui-own-flag-critical-high = Critically high
ui-own-flag-critical-low = Critically low
ui-own-flag-abnormal = Abnormal
ui-own-flag-critical = Critical
ui-own-since = Since when
ui-own-stopped = I no longer take it
ui-own-over = It is over
ui-own-until = Until when
ui-own-note = Note
ui-own-what = What you measured
ui-own-value = Value
ui-own-upper = Top number
ui-own-lower = Bottom number
ui-own-unit = Unit
ui-own-measured-date = Day
ui-own-time = Time of day
ui-own-time-hint = For example { $example }.
ui-own-time-unreadable = Write hours and minutes.
ui-own-lead = It is marked as yours, stands beside what your providers say, and changes nothing of that.
ui-own-save = Save
ui-own-added = Added.
ui-own-changed = Changed.
ui-own-deleted = Deleted.
ui-own-change = Change
ui-own-delete = Delete
ui-own-when = Added here, { $when }
ui-own-mark = Added here
ui-own-read = Read from a document by you:
ui-own-erase = Remove all of them
ui-state-own = Added by you
