//! The bytes in which a store keeps the registers of an entity.
//!
//! The body is in postcard's format (its specification 1.0: numbers as LEB128, sequences and bytes after their length). It is written
//! by postcard, and read by hand: a listing decodes thousands of entities, and through serde that was a tenth of its work.

use super::{DecodeError, Entry, FieldId, Register, Registers};
use crate::id::DeviceId;
use crate::stamp::{Hlc, Stamp};
use serde::Serialize;
use smallvec::SmallVec;

/// First byte of encoded registers; a new format gets a new number and the old one stays readable.
const FORMAT: u8 = 1;

/// Stamps are listed once: a task has a register a field, but was written by few operations.
#[derive(Serialize)]
struct Stored<'a> {
    stamps: Vec<(Hlc, DeviceId)>,
    registers: Vec<StoredRegister<'a>>,
}

#[derive(Serialize)]
struct StoredRegister<'a> {
    field: FieldId,
    #[serde(with = "serde_bytes")]
    key: &'a [u8],
    #[serde(with = "serde_bytes")]
    value: &'a [u8],
    /// Which of the stamps.
    stamp: u32,
}

impl Registers {
    /// The bytes a store keeps.
    pub fn encode(&self) -> Vec<u8> {
        let mut stamps: Vec<(Hlc, DeviceId)> = Vec::new();
        let mut index_of = |stamp: Stamp| {
            let stamp = (stamp.hlc, stamp.device);
            let known = stamps.iter().position(|known| *known == stamp);
            known.unwrap_or_else(|| {
                stamps.push(stamp);
                stamps.len() - 1
            }) as u32
        };
        let registers = self
            .0
            .iter()
            .map(|e| StoredRegister {
                field: e.field,
                key: &e.key,
                value: &e.register.value,
                stamp: index_of(e.register.stamp),
            })
            .collect();
        let stored = Stored { stamps, registers };
        // Writing plain structures into memory cannot fail.
        postcard::to_extend(&stored, vec![FORMAT]).unwrap_or_default()
    }

    /// Reads what [`Registers::encode`] wrote.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut entries = Vec::new();
        each(bytes, |told| {
            let register = Register { value: told.value.to_vec(), stamp: told.stamp };
            entries.push(Entry { field: told.field, key: told.key.to_vec(), register });
        })?;
        Ok(Self(entries))
    }

    /// All, as [`each`] tells them.
    pub(crate) fn told(&self) -> impl Iterator<Item = Told<'_>> {
        let register = |entry: &Entry| entry.register.stamp;
        self.0.iter().map(move |e| Told { field: e.field, key: &e.key, value: &e.register.value, stamp: register(e) })
    }
}

/// What one register says, borrowed from where it is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told<'a> {
    pub(crate) field: FieldId,
    pub(crate) key: &'a [u8],
    pub(crate) value: &'a [u8],
    pub(crate) stamp: Stamp,
}

fn fail(reason: &dyn std::fmt::Display) -> DecodeError {
    DecodeError::new("the registers of an entity", reason)
}

/// Tells the registers in what [`Registers::encode`] wrote, ordered by field and member: for reading many entities without a copy of
/// each value. Some may have been told before it is found that the bytes are damaged.
pub(crate) fn each<'a>(bytes: &'a [u8], mut take: impl FnMut(Told<'a>)) -> Result<(), DecodeError> {
    let mut rest = match bytes.split_first() {
        Some((&FORMAT, body)) => Body(body),
        Some((format, _)) => return Err(fail(&format_args!("unknown format {format}"))),
        None => return Err(fail(&"no bytes")),
    };
    let head = rest.stamps().and_then(|stamps| Some((stamps, rest.length()?)));
    let (stamps, count) = head.ok_or_else(|| fail(&"they end too early"))?;
    for _ in 0..count {
        take(rest.register(&stamps).ok_or_else(|| fail(&"they end too early, or name an unknown stamp"))?);
    }
    match rest.0.len() {
        0 => Ok(()),
        more => Err(fail(&format_args!("{more} bytes too many"))),
    }
}

/// Bytes that are still to be read. Everything is `None` where they end too early or are no numbers.
struct Body<'a>(&'a [u8]);

impl<'a> Body<'a> {
    /// Most entities were written by few operations: their stamps need no memory of their own.
    fn stamps(&mut self) -> Option<SmallVec<[Stamp; 4]>> {
        let count = self.length()?;
        // Each takes more bytes than one, so a damaged number asks for little more memory than there are bytes.
        let mut stamps = SmallVec::with_capacity(count);
        for _ in 0..count {
            let hlc = Hlc::from_bits(self.number()?);
            stamps.push(Stamp { hlc, device: DeviceId::from_bytes(self.take(16)?.try_into().ok()?) });
        }
        Some(stamps)
    }

    fn register(&mut self, stamps: &[Stamp]) -> Option<Told<'a>> {
        let field = FieldId(u32::try_from(self.number()?).ok()?);
        let (key, value) = (self.bytes()?, self.bytes()?);
        let stamp = *stamps.get(usize::try_from(self.number()?).ok()?)?;
        Some(Told { field, key, value, stamp })
    }

    /// How many of something follow: no more than there are bytes.
    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok().filter(|length| *length <= self.0.len())
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.length()?;
        self.take(length)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number in LEB128: seven bits a byte, the lowest first.
    #[inline]
    fn number(&mut self) -> Option<u64> {
        // Nearly all are below 128.
        if let Some((&byte @ 0..0x80, rest)) = self.0.split_first() {
            self.0 = rest;
            return Some(u64::from(byte));
        }
        self.long_number()
    }

    fn long_number(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for (at, byte) in self.0.iter().enumerate().take(10) {
            let bits = u64::from(byte & 0x7f);
            // The tenth byte has room for one bit.
            if at == 9 && bits > 1 {
                return None;
            }
            number |= bits << (7 * at);
            if byte & 0x80 == 0 {
                self.0 = &self.0[at + 1..];
                return Some(number);
            }
        }
        None
    }
}
