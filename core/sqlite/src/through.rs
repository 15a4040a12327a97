//! The reads of whatever has [`crate::read::Queries`], one by one: a transaction that writes reads like one that only reads.

macro_rules! read_through {
    ($name:ident) => {
        impl StoreRead for $name<'_> {
            fn device(&self) -> DeviceId {
                self.queries.device()
            }
            fn entity(&self, id: EntityId) -> Result<Option<Registers>, StoreError> {
                self.queries.entity(id)
            }
            fn task(&self, id: TaskId) -> Result<Option<TaskRow>, StoreError> {
                self.queries.task(id)
            }
            fn task_with_number(&self, number: u32) -> Result<Option<TaskId>, StoreError> {
                self.queries.task_with_number(number)
            }
            fn number_of(&self, id: TaskId) -> Result<Option<u32>, StoreError> {
                self.queries.number_of(id)
            }
            fn tasks_with_prefix(&self, prefix: IdPrefix, limit: usize) -> Result<Vec<TaskId>, StoreError> {
                self.queries.tasks_with_prefix(prefix, limit)
            }
            fn neighbours(&self, id: TaskId) -> Result<(Option<TaskId>, Option<TaskId>), StoreError> {
                self.queries.neighbours(id)
            }
            fn scan(
                &self,
                stretch: &Stretch,
                visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>,
            ) -> Result<(), StoreError> {
                self.queries.scan(stretch, visit)
            }
            fn each_of(
                &self,
                class: Class,
                visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>,
            ) -> Result<(), StoreError> {
                self.queries.each_of(class, visit)
            }
            fn scan_rows(
                &self,
                stretch: &Stretch,
                rows: &[i64],
                visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>,
            ) -> Result<(), StoreError> {
                self.queries.scan_rows(stretch, rows, visit)
            }
            fn rows_with(&self, need: &Need, most: usize) -> Result<Option<Vec<i64>>, StoreError> {
                self.queries.rows_with(need, most)
            }
            fn newest_with(&self, need: &Need, most: usize) -> Result<Vec<i64>, StoreError> {
                self.queries.newest_with(need, most)
            }
            fn terms(&self, from: &str, before: &str, most: usize) -> Result<Vec<String>, StoreError> {
                self.queries.terms(from, before, most)
            }
            fn all_tasks(&self, row: i64, visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>) -> Result<(), StoreError> {
                self.queries.all_tasks(row, visit)
            }
            fn linked(&self, link: Link, target: TaskId) -> Result<Vec<(TaskId, Class)>, StoreError> {
                self.queries.linked(link, target)
            }
            fn parts(&self, link: Link, target: [u8; 16]) -> Result<Vec<EntityId>, StoreError> {
                self.queries.parts(link, target)
            }
            fn entities_with_prefix(
                &self,
                kind: Kind,
                prefix: IdPrefix,
                limit: usize,
            ) -> Result<Vec<EntityId>, StoreError> {
                self.queries.entities_with_prefix(kind, prefix, limit)
            }
            fn entities_beside(&self, id: EntityId) -> Result<(Option<EntityId>, Option<EntityId>), StoreError> {
                self.queries.entities_beside(id)
            }
            fn entities(&self, kind: Kind, visit: &mut VisitEntity<'_>) -> Result<(), StoreError> {
                self.queries.entities(kind, visit)
            }
            fn alarms(&self, from: Alarm, until: Alarm, visit: &mut VisitAlarm<'_>) -> Result<(), StoreError> {
                self.queries.alarms(from, until, visit)
            }
            fn has_links(&self, link: Link) -> Result<bool, StoreError> {
                self.queries.has_links(link)
            }
            fn numbered(&self, low: u32, high: u32, limit: usize) -> Result<Vec<TaskRow>, StoreError> {
                self.queries.numbered(low, high, limit)
            }
            fn operation(&self, id: OperationId) -> Result<Option<(u64, Operation)>, StoreError> {
                self.queries.operation(id)
            }
            fn operation_at(&self, stamp: Stamp) -> Result<Option<(u64, Operation)>, StoreError> {
                self.queries.operation_at(stamp)
            }
            fn operations(
                &self,
                before_seq: Option<u64>,
                device: Option<DeviceId>,
                visit: &mut VisitOperation<'_>,
            ) -> Result<(), StoreError> {
                self.queries.operations(before_seq, device, visit)
            }
            fn log(&self, visit: &mut VisitWhole<'_>) -> Result<(), StoreError> {
                self.queries.log(visit)
            }
            fn operations_with_prefix(&self, prefix: IdPrefix, limit: usize) -> Result<Vec<OperationId>, StoreError> {
                self.queries.operations_with_prefix(prefix, limit)
            }
            fn operations_beside(
                &self,
                id: OperationId,
            ) -> Result<(Option<OperationId>, Option<OperationId>), StoreError> {
                self.queries.operations_beside(id)
            }
            fn outbox(&self) -> Result<Outbox, StoreError> {
                self.queries.outbox()
            }
            fn events(&self, after: u64, visit: &mut VisitEvent<'_>) -> Result<(), StoreError> {
                self.queries.events(after, visit)
            }
            fn latest_hlc(&self) -> Result<Hlc, StoreError> {
                self.queries.latest_hlc()
            }
            fn counts(&self) -> Result<Counts, StoreError> {
                self.queries.counts()
            }
        }
    };
}

pub(crate) use read_through;
