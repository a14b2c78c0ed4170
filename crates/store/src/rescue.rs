//! A damaged record: what can still be read of it, in a new file, with a list of what could not.
//!
//! Only what happened is read; what is derived is made anew. Every page of the file is sealed, so a page that cannot be
//! trusted is known. Of each table the keys are read first, from both ends, because between two pages that cannot be read
//! there may be many that can; then each row by its key. A handle that met such a page shows empty ones from then on
//! (`PRAGMA cipher_status`), so it is opened anew, and the row counts as lost.
//!
//! Nothing older is shown in the place of something newer: a resource whose newest version is lost is lost whole. The damaged
//! file keeps it, and is never deleted but by an erasure. The list of tables (`sqlite_schema`) cannot be done without: where
//! a page of it is damaged, nothing is rescued, and a backup is what there is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{Connection as Sqlite, Transaction, params_from_iter};
use serde::{Deserialize, Serialize};
use wholechart_fhir::debug_without_record;

use crate::durable::sync_dir;
use crate::folder::Folder;
use crate::keys::DB_FILE;
use crate::restore::Replacement;
use crate::schema::{self, SCHEMA};
use crate::store::{is_sound, open_copy, open_damaged, read_through};
use crate::table::dictionaries::Unpacking;
use crate::table::settings;
use crate::table::versions::{self, VersionId};
use crate::{DbKey, KeySlots, Store, StoreError};

/// The tables that cannot be made anew, each behind those that its rows refer to.
pub(crate) const HAPPENED: [&str; 32] = [
    "person",
    "connection",
    "token",
    "client_secret",
    "run",
    "checkpoint",
    "answer",
    "answered",
    "source",
    "resource",
    "inferred",
    "dictionary",
    "version",
    "set_aside",
    "let_in",
    "unreadable",
    "document",
    "slice",
    "brought",
    "file_text",
    "told",
    "missing",
    "change",
    "decision",
    "choice",
    "placed",
    "note",
    "setting",
    "sent",
    "sent_in_all",
    "handed",
    "handed_in_all",
];

/// Tables whose rows can be read from an index as well, which has all of their columns.
const COVERED: [(&str, &str); 2] =
    [("source", "sqlite_autoindex_source_1"), ("resource", "sqlite_autoindex_resource_1")];

/// More keys that may be there are not tried one by one.
const MOST_TRIED: i64 = 1 << 20;

/// By how much numbers go on that are never used twice, where nobody can say which was the last.
const LEAP: i64 = 1 << 20;

/// What is not in the new file.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    /// When it was read.
    pub at: DateTime<Utc>,
    /// Records, by who had sent them and by their type.
    pub records: Vec<LostRecords>,
    /// Of what else something could not be read.
    pub kinds: BTreeSet<LostKind>,
}

debug_without_record!(Lost { at, kinds; records });

/// Records of one type from one connection.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LostRecords {
    /// What the connection is called. `None`: nobody can say.
    pub from: Option<String>,
    /// `resourceType`. Empty for a file behind a record; `None`: nobody can say.
    pub what: Option<String>,
    /// How many.
    pub count: u64,
}

debug_without_record!(LostRecords { what, count });

/// What else may be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LostKind {
    /// Records that nobody can count.
    Records,
    /// Whose records they are: a person stands for those whose name was lost.
    People,
    /// Where records came from: a connection stands for those whose name was lost.
    Connections,
    /// Sign-ins: some providers ask for a new one.
    SignIns,
    /// Notes.
    Notes,
    /// What was decided about sameness, topics and disagreements.
    Decisions,
    /// Choices of all sorts.
    Settings,
    /// What was asked of providers and what they answered.
    History,
    /// What was sent and handed out.
    Logs,
}

/// What stands for names that were lost.
pub struct Called<'a> {
    /// For a person's.
    pub person: &'a str,
    /// For a provider's.
    pub connection: &'a str,
}

/// Reads what can be read of the damaged record in `folder` into a new one beside it, under the same key and slots. Nothing
/// that is there is touched.
///
/// # Errors
/// [`StoreError::WrongKey`]; [`StoreError::Damaged`] when nothing can be read at all; or what the disk says.
pub fn rescue(
    folder: &Folder,
    key: &DbKey,
    called: &Called<'_>,
    now: DateTime<Utc>,
) -> Result<(Replacement, Lost), StoreError> {
    let keys = |error| StoreError::Keys(Box::new(error));
    let candidates = KeySlots::candidates(folder.path()).map_err(keys)?;
    let slots = candidates.into_iter().find(|one| one.verify(key)).ok_or(StoreError::WrongKey)?;
    let replacement = Replacement::begin(folder)?;
    slots.save(replacement.folder()).map_err(keys)?;
    let path = replacement.folder().path().join(DB_FILE);
    let mut new = open_copy(&path, key)?;
    let mut old = Old { path: &folder.path().join(DB_FILE), key, db: None };
    make_tables(&mut old, &mut new)?;
    new.execute_batch("PRAGMA foreign_keys = OFF")?;
    let tx = new.transaction()?;
    let lost = Rescue { old, new: &tx, lost: Lost { at: now, ..Lost::default() }, unread: BTreeSet::new() }
        .run(called)?;
    settings::put(&tx, RESCUED, &crate::rows::json(&lost)?)?;
    tx.commit()?;
    SCHEMA.bring_up_to_date(&mut new, &path)?;
    for copy in schema::copies(&path)? {
        std::fs::remove_file(copy)?;
    }
    read_through(&new)?;
    drop(new);
    File::options().write(true).open(&path)?.sync_all()?;
    sync_dir(replacement.folder().path())?;
    Ok((replacement, lost))
}

/// The setting that says what was lost, until it was seen.
const RESCUED: &str = "rescued";

impl Store {
    /// What was lost when this record was rescued. `None`: it never was, or its person has seen it.
    pub fn lost(&self) -> Result<Option<Lost>, StoreError> {
        let said = self.setting(RESCUED)?;
        Ok(said.and_then(|said| serde_json::from_value(said).ok()))
    }

    /// What was lost has been seen.
    pub fn lost_is_seen(&self) -> Result<(), StoreError> {
        self.set_setting(RESCUED, &serde_json::Value::Null)
    }
}

/// The damaged file.
struct Old<'o> {
    path: &'o Path,
    key: &'o DbKey,
    /// As long as everything that it read was sound.
    db: Option<Sqlite>,
}

/// The columns that a row is known by, as they stand in the table.
type Key = Vec<Value>;

impl Old<'_> {
    /// Every row of a query until it ends or something cannot be read. False: it was cut off.
    fn rows(
        &mut self,
        sql: &str,
        values: &[Value],
        each: &mut dyn FnMut(Vec<Value>) -> Result<(), StoreError>,
    ) -> Result<bool, StoreError> {
        let db = match self.db.take() {
            Some(db) => db,
            None => open_damaged(self.path, self.key)?,
        };
        let whole = read_until(&db, sql, values, each)?;
        if whole {
            self.db = Some(db);
        }
        Ok(whole)
    }
}

/// As [`Old::rows`], of a handle that may be of no more use afterwards.
fn read_until(
    db: &Sqlite,
    sql: &str,
    values: &[Value],
    each: &mut dyn FnMut(Vec<Value>) -> Result<(), StoreError>,
) -> Result<bool, StoreError> {
    // Whatever goes wrong here goes wrong in the damaged file.
    let Ok(mut query) = db.prepare_cached(sql) else { return Ok(false) };
    let columns = query.column_count();
    let Ok(mut rows) = query.query(params_from_iter(values)) else { return Ok(false) };
    loop {
        let row = match rows.next() {
            Ok(Some(row)) => (0..columns).map(|at| row.get::<_, Value>(at)).collect::<Result<Vec<_>, _>>(),
            Ok(None) => return is_sound(db),
            Err(_) => return Ok(false),
        };
        let Ok(row) = row else { return Ok(false) };
        // A page that could not be read looks empty, and what stood there like noughts.
        if !is_sound(db)? {
            return Ok(false);
        }
        each(row)?;
    }
}

/// The tables of the damaged file's own format, in the new one.
fn make_tables(old: &mut Old<'_>, new: &mut Sqlite) -> Result<(), StoreError> {
    let mut found = 0;
    let read = old.rows("PRAGMA user_version", &[], &mut |row| {
        if let Some(Value::Integer(format)) = row.first() {
            found = u32::try_from(*format).unwrap_or_default();
        }
        Ok(())
    })?;
    if !read || found == 0 {
        return Err(StoreError::Damaged);
    }
    let known = SCHEMA.format();
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    if found == known {
        return SCHEMA.bring_up_to_date(new, Path::new(DB_FILE));
    }
    let mut tables = String::new();
    // The search makes its own tables, whose names are in quotes.
    let whole = old.rows(
        "SELECT sql FROM sqlite_master
         WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE TABLE ''%'
         ORDER BY type = 'trigger', rowid",
        &[],
        &mut |row| {
            if let Some(Value::Text(sql)) = row.into_iter().next() {
                tables.push_str(&sql);
                tables.push_str(";\n");
            }
            Ok(())
        },
    )?;
    if !whole {
        return Err(StoreError::Damaged);
    }
    new.execute_batch(&tables)?;
    new.pragma_update(None, "user_version", found)?;
    Ok(())
}

struct Rescue<'r> {
    old: Old<'r>,
    new: &'r Transaction<'r>,
    lost: Lost,
    /// Tables of which something could not be read.
    unread: BTreeSet<&'static str>,
}

/// What is known of a table.
struct Table {
    name: &'static str,
    columns: Vec<String>,
    /// The columns of its key, in their order.
    key: Vec<String>,
    /// Its key is one whole number.
    is_numbered: bool,
}

impl Table {
    fn of(db: &Sqlite, name: &'static str) -> Result<Option<Table>, StoreError> {
        let mut query = db.prepare("SELECT name, pk, type FROM pragma_table_info(?1) ORDER BY cid")?;
        let columns: Vec<(String, usize, String)> = query
            .query_map([name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        if columns.is_empty() {
            return Ok(None);
        }
        let mut key: Vec<_> = columns.iter().filter(|(_, place, _)| *place > 0).collect();
        key.sort_by_key(|(_, place, _)| *place);
        let is_numbered = matches!(&key[..], [(_, _, of)] if of == "INTEGER");
        Ok(Some(Table {
            name,
            key: key.into_iter().map(|(name, ..)| name.clone()).collect(),
            is_numbered,
            columns: columns.into_iter().map(|(name, ..)| name).collect(),
        }))
    }

    fn keys_sql(&self, condition: &str, direction: &str) -> String {
        let key = self.key.join(", ");
        let order: Vec<String> = self.key.iter().map(|column| format!("{column} {direction}")).collect();
        format!("SELECT {key} FROM {} {condition} ORDER BY {}", self.name, order.join(", "))
    }
}

impl Rescue<'_> {
    fn run(mut self, called: &Called<'_>) -> Result<Lost, StoreError> {
        let mut expected = BTreeMap::new();
        let mut files = BTreeMap::new();
        for name in HAPPENED {
            let Some(table) = Table::of(self.new, name)? else { continue };
            let (mut keys, whole) = self.keys(&table)?;
            let mut known = whole;
            match name {
                // What an index or a derived row names was there.
                "version" => {
                    known |= self
                        .numbers("SELECT id, resource FROM version ORDER BY resource, id", &mut expected)?;
                    self.numbers("SELECT version, resource FROM entry ORDER BY resource", &mut expected)?;
                    keys.extend(expected.keys().map(|id| vec![Value::Integer(*id)]));
                }
                "document" => {
                    known |= self.numbers(
                        "SELECT n, connection FROM document ORDER BY connection, url, n",
                        &mut files,
                    )?;
                    keys.extend(files.keys().map(|n| vec![Value::Integer(*n)]));
                }
                _ => {}
            }
            keys.sort_by(compare);
            keys.dedup();
            let all = self.copy(&table, &keys)?;
            let covered = match COVERED.iter().find(|(of, _)| *of == name) {
                Some((_, index)) if !(all && whole) => self.copy_by_index(&table, index)?,
                _ => false,
            };
            if !(all && known || covered) {
                self.unread.insert(name);
            }
            // Every one of these is counted by itself.
            if !known && !covered && matches!(name, "version" | "document" | "resource") {
                self.lost.kinds.insert(LostKind::Records);
            }
        }
        self.go_on_counting()?;
        self.name_what_is_nameless(called)?;
        self.sort_out(&expected, &files)?;
        // A provider is asked for everything again, and so gives what is missing.
        self.new.execute("DELETE FROM answered", [])?;
        for table in &self.unread {
            self.lost.kinds.extend(kind_of(table));
        }
        Ok(self.lost)
    }

    /// Keys of a table, as many as can be found. The second: those were all.
    fn keys(&mut self, table: &Table) -> Result<(Vec<Key>, bool), StoreError> {
        let mut keys = Vec::new();
        let mut into = |key| {
            keys.push(key);
            Ok(())
        };
        if self.old.rows(&table.keys_sql("", "ASC"), &[], &mut into)? {
            return Ok((keys, true));
        }
        let mut behind = Vec::new();
        self.old.rows(&table.keys_sql("", "DESC"), &[], &mut |key| {
            behind.push(key);
            Ok(())
        })?;
        let number = |key: Option<&Key>| match key.and_then(|key| key.first()) {
            Some(Value::Integer(number)) => Some(*number),
            _ => None,
        };
        if table.is_numbered {
            let from = number(keys.last()).unwrap_or(0).saturating_add(1);
            // Without an end nobody knows where to stop.
            let to = number(behind.last()).unwrap_or(from);
            let tried = from..to.min(from.saturating_add(MOST_TRIED));
            keys.extend(tried.map(|number| vec![Value::Integer(number)]));
        } else {
            for first in self.first_columns(table)? {
                for direction in ["ASC", "DESC"] {
                    let condition = format!("WHERE {} = ?1", table.key[0]);
                    let sql = table.keys_sql(&condition, direction);
                    let whole = self.old.rows(&sql, std::slice::from_ref(&first), &mut |key| {
                        keys.push(key);
                        Ok(())
                    })?;
                    if whole {
                        break;
                    }
                }
            }
        }
        keys.append(&mut behind);
        Ok((keys, false))
    }

    /// What the first column of a table's key can be: whatever it refers to.
    fn first_columns(&self, table: &Table) -> Result<Vec<Value>, StoreError> {
        let refers = references(self.new, table.name)?;
        let Some((_, parent, to)) = refers.into_iter().find(|(from, ..)| *from == table.key[0]) else {
            return Ok(Vec::new());
        };
        let mut query = self.new.prepare(&format!("SELECT {to} FROM {parent}"))?;
        Ok(query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Numbers by a number. True: those were all.
    fn numbers(&mut self, sql: &str, into: &mut BTreeMap<i64, i64>) -> Result<bool, StoreError> {
        self.old.rows(sql, &[], &mut |row| {
            if let [Value::Integer(number), Value::Integer(of)] = row[..] {
                into.insert(number, of);
            }
            Ok(())
        })
    }

    /// Copies the rows with these keys. False: some could not be read.
    fn copy(&mut self, table: &Table, keys: &[Key]) -> Result<bool, StoreError> {
        let conditions: Vec<String> =
            table.key.iter().enumerate().map(|(n, column)| format!("{column} = ?{}", n + 1)).collect();
        let sql = format!(
            "SELECT {} FROM {} WHERE {}",
            table.columns.join(", "),
            table.name,
            conditions.join(" AND ")
        );
        let mut insert = self.new.prepare(&insert_sql(table))?;
        let mut all = true;
        for key in keys {
            let mut found = None;
            let whole = self.old.rows(&sql, key, &mut |row| {
                found = Some(row);
                Ok(())
            })?;
            match found {
                Some(row) if whole => {
                    insert.execute(params_from_iter(&row))?;
                }
                _ => all &= whole,
            }
        }
        Ok(all)
    }

    /// Copies the rows that an index holds whole. True: those were all.
    fn copy_by_index(&mut self, table: &Table, index: &str) -> Result<bool, StoreError> {
        let sql = format!("SELECT {} FROM {} INDEXED BY {index}", table.columns.join(", "), table.name);
        let mut insert = self.new.prepare(&insert_sql(table))?;
        self.old.rows(&sql, &[], &mut |row| {
            insert.execute(params_from_iter(&row))?;
            Ok(())
        })
    }

    /// Numbers that are never used twice go on behind the last that was.
    fn go_on_counting(&mut self) -> Result<(), StoreError> {
        let mut last: BTreeMap<String, i64> = BTreeMap::new();
        let whole = self.old.rows("SELECT name, seq FROM sqlite_sequence", &[], &mut |row| {
            if let [Value::Text(name), Value::Integer(last_number)] = &row[..] {
                last.insert(name.clone(), *last_number);
            }
            Ok(())
        })?;
        for table in ["run", "version", "change", "sent", "handed"] {
            let Some(Table { key, .. }) = Table::of(self.new, table)? else { continue };
            let held: i64 = self.new.query_row(
                &format!("SELECT coalesce(max({}), 0) FROM {table}", key[0]),
                [],
                |row| row.get(0),
            )?;
            let last = match last.get(table) {
                Some(last) => *last,
                None if whole => 0,
                None => held.saturating_add(LEAP),
            };
            self.new.execute("DELETE FROM sqlite_sequence WHERE name = ?1", [table])?;
            self.new.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)",
                (table, last.max(held)),
            )?;
        }
        Ok(())
    }

    /// What came is kept also where it is lost who had sent it, or whose it is: somebody without a name stands for them. Who
    /// has lost their connection is given to the only person there is, and to nobody where there are several.
    fn name_what_is_nameless(&mut self, called: &Called<'_>) -> Result<(), StoreError> {
        let person = |id: &str| {
            self.new.execute(
                "INSERT INTO person (id, name, home_zone) VALUES (?1, ?2, 'UTC')",
                (id, called.person),
            )
        };
        let missing: Vec<String> = texts(
            self.new,
            "SELECT DISTINCT person FROM connection WHERE person NOT IN (SELECT id FROM person)",
        )?;
        for id in &missing {
            person(id)?;
        }
        let mut query = self.new.prepare(
            "SELECT connection FROM source UNION SELECT connection FROM document UNION SELECT connection FROM unreadable
             EXCEPT SELECT n FROM connection",
        )?;
        let nameless: Vec<i64> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        if nameless.is_empty() {
            return Ok(());
        }
        let persons = texts(self.new, "SELECT id FROM person ORDER BY id")?;
        let whose = match &persons[..] {
            [only] if !self.unread.contains("person") => only.clone(),
            _ => {
                let id = "rescued".to_owned();
                person(&id)?;
                id
            }
        };
        for n in nameless {
            self.new.execute(
                "INSERT INTO connection (n, id, person, name, card, patient, state, created, colour, imported)
                 VALUES (?1, ?2, ?3, ?4, '{}', '{}', 'files', ?5, 0, 1)",
                (n, format!("rescued-{n}"), &whose, called.connection, crate::rows::millis(self.lost.at)),
            )?;
        }
        Ok(())
    }

    /// Takes out what is of no use without what was lost, and counts the records among it.
    fn sort_out(
        &mut self,
        expected: &BTreeMap<i64, i64>,
        files: &BTreeMap<i64, i64>,
    ) -> Result<(), StoreError> {
        // What there was, before anything is taken out.
        let mut were: BTreeMap<i64, (Option<String>, Option<String>)> = BTreeMap::new();
        let mut query = self.new.prepare(
            "SELECT r.n, c.name, r.type FROM resource r LEFT JOIN source s ON s.n = r.source
             LEFT JOIN connection c ON c.n = s.connection",
        )?;
        for row in query.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))? {
            let (n, told) = row?;
            were.insert(n, told);
        }
        for resource in expected.values() {
            were.entry(*resource).or_default();
        }
        self.take_out_orphans()?;
        let mut unread = Vec::new();
        {
            let ids = numbers(self.new, "SELECT id FROM version")?;
            let mut unpacking = Unpacking::new(self.new);
            for id in ids {
                match versions::bytes_of(self.new, &mut unpacking, VersionId(id)) {
                    Ok(Some(_)) => {}
                    Ok(None) | Err(StoreError::Inconsistent(_)) => unread.push(id),
                    Err(error) => return Err(error),
                }
            }
        }
        let mut newest: BTreeMap<i64, i64> = BTreeMap::new();
        for (id, resource) in expected {
            let newest = newest.entry(*resource).or_default();
            *newest = (*newest).max(*id);
        }
        for id in unread {
            let resource: i64 =
                self.new.query_row("SELECT resource FROM version WHERE id = ?1", [id], |row| row.get(0))?;
            let newest = newest.entry(resource).or_default();
            *newest = (*newest).max(id);
            self.new.execute("DELETE FROM version WHERE id = ?1", [id])?;
        }
        // Without its newest version, an older one would be shown as what is so now.
        for (resource, id) in newest {
            self.new.execute(
                "DELETE FROM resource WHERE n = ?1
                 AND coalesce((SELECT max(id) FROM version WHERE resource = ?1), 0) < ?2",
                (resource, id),
            )?;
        }
        self.new.execute(
            "DELETE FROM resource WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.resource = resource.n)",
            [],
        )?;
        self.take_out_orphans()?;

        let mut counts: BTreeMap<(Option<String>, Option<String>), u64> = BTreeMap::new();
        let here: BTreeSet<i64> = numbers(self.new, "SELECT n FROM resource")?.into_iter().collect();
        for (_, told) in were.into_iter().filter(|(n, _)| !here.contains(n)) {
            *counts.entry(told).or_default() += 1;
        }
        let here: BTreeSet<i64> = numbers(self.new, "SELECT n FROM document")?.into_iter().collect();
        for (_, connection) in files.iter().filter(|(n, _)| !here.contains(n)) {
            let mut query = self.new.prepare_cached("SELECT name FROM connection WHERE n = ?1")?;
            let from = query.query_map([connection], |row| row.get(0))?.next().transpose()?;
            *counts.entry((from, Some(String::new()))).or_default() += 1;
        }
        self.lost.records =
            counts.into_iter().map(|((from, what), count)| LostRecords { from, what, count }).collect();
        Ok(())
    }

    /// Deletes rows that refer to what is not here.
    fn take_out_orphans(&mut self) -> Result<(), StoreError> {
        for name in HAPPENED {
            for (from, parent, to) in references(self.new, name)? {
                let gone = self.new.execute(
                    &format!(
                        "DELETE FROM {name} WHERE {from} IS NOT NULL AND {from} NOT IN (SELECT {to} FROM {parent})"
                    ),
                    [],
                )?;
                if gone > 0
                    && matches!(name, "token" | "client_secret" | "note" | "decision" | "placed" | "choice")
                {
                    self.unread.insert(name);
                }
            }
        }
        Ok(())
    }
}

fn insert_sql(table: &Table) -> String {
    let places: Vec<String> = (1..=table.columns.len()).map(|n| format!("?{n}")).collect();
    format!(
        "INSERT OR IGNORE INTO {} ({}) VALUES ({})",
        table.name,
        table.columns.join(", "),
        places.join(", ")
    )
}

/// What the columns of a table refer to: column, table, column there.
fn references(db: &Sqlite, table: &str) -> Result<Vec<(String, String, String)>, StoreError> {
    let mut query = db.prepare(r#"SELECT "from", "table", "to" FROM pragma_foreign_key_list(?1)"#)?;
    Ok(query
        .query_map([table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?)
}

fn numbers(db: &Sqlite, sql: &str) -> Result<Vec<i64>, StoreError> {
    let mut query = db.prepare(sql)?;
    Ok(query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn texts(db: &Sqlite, sql: &str) -> Result<Vec<String>, StoreError> {
    let mut query = db.prepare(sql)?;
    Ok(query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Some order of keys, in which equal ones are neighbours.
fn compare(one: &Key, other: &Key) -> std::cmp::Ordering {
    let rank = |value: &Value| match value {
        Value::Null => 0,
        Value::Integer(_) => 1,
        Value::Real(_) => 2,
        Value::Text(_) => 3,
        Value::Blob(_) => 4,
    };
    let pair = |(one, other): (&Value, &Value)| match (one, other) {
        (Value::Integer(one), Value::Integer(other)) => one.cmp(other),
        (Value::Text(one), Value::Text(other)) => one.cmp(other),
        (Value::Blob(one), Value::Blob(other)) => one.cmp(other),
        (Value::Real(one), Value::Real(other)) => one.total_cmp(other),
        (one, other) => rank(one).cmp(&rank(other)),
    };
    one.iter().zip(other).map(pair).find(|order| order.is_ne()).unwrap_or_else(|| one.len().cmp(&other.len()))
}

/// What a table's rows are to a person. `None`: they are counted one by one, or read again by themselves.
fn kind_of(table: &str) -> Option<LostKind> {
    Some(match table {
        "person" => LostKind::People,
        "connection" => LostKind::Connections,
        "token" | "client_secret" => LostKind::SignIns,
        "note" => LostKind::Notes,
        "decision" | "choice" | "placed" => LostKind::Decisions,
        "setting" => LostKind::Settings,
        "sent" | "sent_in_all" | "handed" | "handed_in_all" => LostKind::Logs,
        "unreadable" | "source" | "set_aside" | "let_in" => LostKind::Records,
        "run" | "checkpoint" | "answer" | "answered" | "told" | "missing" | "change" | "brought"
        | "inferred" => LostKind::History,
        _ => return None,
    })
}
