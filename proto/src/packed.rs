//! Messages of long listings, which whoever makes them encodes task by task.
//!
//! A listing of ten thousand tasks is made on a thread of its own. If it hands over tasks, their texts are made on that thread, and
//! encoded and thrown away on the one that serves all connections, which waits for memory that is the other's. So the tasks go into
//! the message as they go over the wire.

use crate::v1::Task;
use bytes::{Buf, BufMut};
use prost::DecodeError;
use prost::encoding::{self, DecodeContext, WireType};

/// Numbers of the fields in `task_service.proto`.
const TASKS: u32 = 1;
const MORE: u32 = 2;

/// `tasks.v1.ListTasksResponse`: a part of a listing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTasksResponse {
    /// In the order of the listing.
    pub tasks: Vec<Task>,
    /// More match than the limit let through; of the last message only.
    pub more: bool,
    /// Tasks before those, encoded with their tags and lengths.
    packed: Vec<u8>,
}

impl ListTasksResponse {
    /// A message with room for so many bytes of packed tasks.
    pub fn with_room(bytes: usize) -> Self {
        Self { packed: Vec::with_capacity(bytes), ..Self::default() }
    }

    /// Adds a task in its encoded form, which only the receiver reads again.
    pub fn pack(&mut self, task: &Task) {
        encoding::message::encode(TASKS, task, &mut self.packed);
    }

    /// Bytes of all packed tasks.
    pub fn packed_bytes(&self) -> usize {
        self.packed.len()
    }
}

impl prost::Message for ListTasksResponse {
    fn encode_raw(&self, buf: &mut impl BufMut) {
        buf.put_slice(&self.packed);
        encoding::message::encode_repeated(TASKS, &self.tasks, buf);
        if self.more {
            encoding::bool::encode(MORE, &self.more, buf);
        }
    }

    fn merge_field(
        &mut self,
        tag: u32,
        wire_type: WireType,
        buf: &mut impl Buf,
        context: DecodeContext,
    ) -> Result<(), DecodeError> {
        match tag {
            TASKS => encoding::message::merge_repeated(wire_type, &mut self.tasks, buf, context),
            MORE => encoding::bool::merge(wire_type, &mut self.more, buf, context),
            _ => encoding::skip_field(wire_type, tag, buf, context),
        }
    }

    fn encoded_len(&self) -> usize {
        let more = if self.more { encoding::bool::encoded_len(MORE, &self.more) } else { 0 };
        self.packed.len() + encoding::message::encoded_len_repeated(TASKS, &self.tasks) + more
    }

    fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use prost::Message as _;

    /// What prost makes of the message in the .proto file.
    #[derive(Clone, PartialEq, prost::Message)]
    struct Generated {
        #[prost(message, repeated, tag = "1")]
        tasks: Vec<Task>,
        #[prost(bool, tag = "2")]
        more: bool,
    }

    #[test]
    fn packed_tasks_arrive_as_others_do_and_before_them() {
        let task = |title: &str| Task { title: title.to_owned(), number: 7, ..Task::default() };
        let mut message = ListTasksResponse::with_room(10);
        message.pack(&task("first"));
        message.pack(&task("second"));
        message.tasks.push(task("third"));
        message.more = true;
        let wire = message.encode_to_vec();
        assert_eq!(wire.len(), message.encoded_len());
        let all = vec![task("first"), task("second"), task("third")];
        let generated = Generated { tasks: all.clone(), more: true };
        assert_eq!(Generated::decode(wire.as_slice()), Ok(generated.clone()));
        let arrived = ListTasksResponse::decode(generated.encode_to_vec().as_slice());
        assert_eq!(arrived, Ok(ListTasksResponse { tasks: all, more: true, packed: Vec::new() }));
    }

    #[test]
    fn a_field_of_a_newer_build_is_passed_over() {
        let mut wire = ListTasksResponse { more: true, ..ListTasksResponse::default() }.encode_to_vec();
        encoding::string::encode(99, &"what is that".to_owned(), &mut wire);
        assert!(ListTasksResponse::decode(wire.as_slice()).is_ok_and(|message| message.more));
        assert!(ListTasksResponse::decode(&wire[..wire.len() - 1]).is_err(), "cut off");
    }
}
