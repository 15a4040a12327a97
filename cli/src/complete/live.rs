//! What the daemon knows at this moment, when it runs and answers at once.

use super::Candidate;
use crate::host::Env;
use crate::link;
use crate::present::Present;
use crate::settings::Config;
use std::future::Future;
use std::time::Duration;
use tasks_proto::client::Client;
use tasks_proto::v1;
use tonic::Status;

/// How long a completion waits for the daemon. A person who presses a key notices a tenth of a second.
const LIMIT: Duration = Duration::from_millis(150);
/// Most tasks that are offered: more than this and shells ask whether to show them.
const TASKS_MAX: u32 = 100;
/// Most projects or tags that are offered.
const LABELS_MAX: u32 = 100;

pub(super) struct Live<'a> {
    env: &'a Env,
}

impl<'a> Live<'a> {
    pub(super) fn new(env: &'a Env) -> Self {
        Self { env }
    }

    /// Asks; nothing when there is no answer in time, whatever the reason.
    fn ask<T, F, Fut>(&self, ask: F) -> Vec<T>
    where
        F: Fn(Client) -> Fut,
        Fut: Future<Output = Result<Vec<T>, Status>>,
    {
        link::ask_running(self.env, LIMIT, ask).unwrap_or_default()
    }

    fn caller(&self) -> Option<v1::Caller> {
        // Broken settings or a broken clock change nothing about what there is.
        let config = Config::load(self.env).unwrap_or_default();
        Present::of(self.env, &config).ok().map(|present| present.caller())
    }

    /// References that begin like this, with titles.
    pub(super) fn tasks(&self, prefix: &str, ended: bool) -> Vec<Candidate> {
        let request = v1::CompleteTasksRequest { prefix: prefix.to_owned(), limit: TASKS_MAX, ended };
        let tasks = self.ask(|client| {
            let request = request.clone();
            async move { Ok(client.queries().complete_tasks(request).await?.into_inner().tasks) }
        });
        tasks.into_iter().map(|task| Candidate::new(task.reference, task.title)).collect()
    }

    /// Projects that begin like this, each with `sign` before it.
    pub(super) fn projects(&self, sign: &str, prefix: &str) -> Vec<Candidate> {
        self.labels(v1::LabelKind::Project, sign, prefix)
    }

    /// Tags that begin like this, each with `sign` before it.
    pub(super) fn tags(&self, sign: &str, prefix: &str) -> Vec<Candidate> {
        self.labels(v1::LabelKind::Tag, sign, prefix)
    }

    fn labels(&self, kind: v1::LabelKind, sign: &str, prefix: &str) -> Vec<Candidate> {
        let request = v1::CompleteLabelsRequest { kind: kind.into(), prefix: prefix.to_owned(), limit: LABELS_MAX };
        let names = self.ask(|client| {
            let request = request.clone();
            async move { Ok(client.queries().complete_labels(request).await?.into_inner().names) }
        });
        names.into_iter().map(|name| Candidate::new(format!("{sign}{name}"), "")).collect()
    }

    /// Conversations whose id begins like this, with what they are about.
    pub(super) fn conversations(&self, prefix: &str) -> Vec<Candidate> {
        let all = self.ask(|client| async move {
            Ok(client
                .chat()
                .list_conversations(v1::ListConversationsRequest { limit: 0 })
                .await?
                .into_inner()
                .conversations)
        });
        let like = all.into_iter().filter(|one| one.short_id.starts_with(prefix));
        like.map(|one| Candidate::new(one.short_id, one.subject)).collect()
    }

    /// Saved views, each with this before it.
    pub(super) fn views(&self, sign: &str) -> Vec<Candidate> {
        let request = v1::ListViewsRequest { caller: self.caller() };
        let views = self.ask(|client| {
            let request = request.clone();
            async move { Ok(client.settings().list_views(request).await?.into_inner().views) }
        });
        views.into_iter().map(|view| Candidate::new(format!("{sign}{}", view.name), view.filter)).collect()
    }
}
