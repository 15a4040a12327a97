//! Several transactions at once, and what one sees of what it did.

use super::at_once::{join, join_all, yield_now};
use super::{ACCOUNT, Suite};
use crate::request::Fields;
use crate::store::{Link, Store, StoreTxn, Verdict};
use tasks_domain::register::{Change, EntityId, FieldId, Kind, Registers};
use tasks_domain::stamp::{Hlc, Stamp};

impl<S: Store> Suite<S> {
    pub(super) async fn commands_at_once_all_happen(self) {
        let adds = (0..40).map(|n| {
            let (engine, write, task) = (self.engine.clone(), self.write(), self.new_task(&format!("task {n}")));
            async move { engine.add(ACCOUNT, write, vec![task], Fields::default()).await.map(|w| w.tasks[0].number) }
        });
        let mut numbers = Vec::new();
        for added in join_all(adds).await {
            numbers.push(added.expect("added").expect("a number"));
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=40).collect::<Vec<u32>>(), "each has a number of its own");
    }

    pub(super) async fn unknown_kinds_are_kept(self) {
        let entity = EntityId { kind: Kind(77), id: [5; 16] };
        let job = move |tx: &mut dyn StoreTxn| {
            let mut registers = Registers::default();
            let stamp = Stamp { hlc: Hlc::from_bits(u64::MAX - 1), device: tx.device() };
            let value = b"{\"newer\" : [1]}".to_vec();
            registers.merge(&Change { entity, field: FieldId(9), key: vec![0, 255], value, stamp });
            tx.put_entity(entity, &registers, None)?;
            Ok(Verdict::Commit(registers))
        };
        let wrote = self.store.write(ACCOUNT, job).await.expect("written");
        let read = self.store.read(ACCOUNT, move |tx| Ok(tx.entity(entity)?)).await.expect("read");
        assert_eq!(read, Some(wrote));
        assert!(self.titles(Self::query("status:all")).await.0.is_empty());
    }

    pub(super) async fn a_write_sees_what_it_wrote_and_what_it_dropped(self) {
        let (entity, target) = (EntityId { kind: Kind(77), id: [5; 16] }, [6; 16]);
        let job = move |tx: &mut dyn StoreTxn| {
            let stamp = Stamp { hlc: Hlc::from_bits(1), device: tx.device() };
            let registers = |value: &[u8]| {
                let mut registers = Registers::default();
                let value = value.to_vec();
                registers.merge(&Change { entity, field: FieldId(9), key: Vec::new(), value, stamp });
                registers
            };
            let mut seen = vec![tx.entity(entity)?];
            for value in [b"1", b"2"] {
                tx.put_entity(entity, &registers(value), None)?;
                seen.push(tx.entity(entity)?);
            }
            tx.link_part(entity, Link::Delivery, target)?;
            tx.drop_part(entity, Link::Delivery, target)?;
            seen.push(tx.entity(entity)?);
            tx.put_entity(entity, &registers(b"3"), None)?;
            seen.push(tx.entity(entity)?);
            let expected = [None, Some(registers(b"1")), Some(registers(b"2")), None, Some(registers(b"3"))];
            Ok(Verdict::Commit((seen, expected)))
        };
        let (seen, expected) = self.store.write(ACCOUNT, job).await.expect("written");
        assert_eq!(seen, expected, "within the transaction");
        let read = self.store.read(ACCOUNT, move |tx| Ok(tx.entity(entity)?)).await.expect("read");
        assert_eq!(read.as_ref(), expected.last().and_then(Option::as_ref), "and after it");
    }

    pub(super) async fn reads_see_one_state(self) {
        self.add("one").await;
        let engine = self.engine.clone();
        let (write, task) = (self.write(), self.new_task("two"));
        // The reader has begun (its first read took the snapshot) when the writer commits; it must not see that.
        let (begun_tx, begun_rx) = std::sync::mpsc::channel();
        let (go_tx, go_rx) = std::sync::mpsc::channel::<()>();
        let go_rx = std::sync::Mutex::new(go_rx);
        let read = self.store.read(ACCOUNT, move |tx| {
            let before = tx.counts()?.live;
            _ = begun_tx.send(());
            _ = go_rx.lock().map(|go| go.recv());
            Ok((before, tx.counts()?.live))
        });
        let write_meanwhile = async move {
            // Let the reader's thread begin; the channel, not time, says when it has.
            while begun_rx.try_recv().is_err() {
                yield_now().await;
            }
            engine
                .add(ACCOUNT, write, vec![task], Fields::default())
                .await
                .expect("a writer does not wait for readers");
            _ = go_tx.send(());
        };
        let (seen, ()) = join(read, write_meanwhile).await;
        assert_eq!(seen.expect("a read"), (1, 1));
        assert_eq!(self.engine.counts(ACCOUNT).await.expect("counts").0.live, 2);
    }
}
