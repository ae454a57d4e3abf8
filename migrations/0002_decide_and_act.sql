CREATE TABLE `action_history` (
	`action_id` text NOT NULL,
	`number` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`from_state` text,
	`to_state` text NOT NULL,
	`why` text NOT NULL,
	PRIMARY KEY(`action_id`, `number`)
);
--> statement-breakpoint
CREATE TABLE `actions` (
	`action_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`cluster_id` text,
	`entity_id` text NOT NULL,
	`action_type` text NOT NULL,
	`title` text NOT NULL,
	`risk` text NOT NULL,
	`state` text NOT NULL,
	`facts` text NOT NULL,
	`evidence` text NOT NULL,
	`approvals` text NOT NULL,
	`rank` real NOT NULL,
	`work_order` text,
	`superseded_by` text,
	`undoes` text,
	`outcome` text,
	`proposed_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`sequence` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `actions_sequence` ON `actions` (`tenant_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `actions_state` ON `actions` (`tenant_id`,`state`,`sequence`);--> statement-breakpoint
CREATE INDEX `actions_cluster` ON `actions` (`tenant_id`,`cluster_id`);--> statement-breakpoint
CREATE INDEX `actions_entity` ON `actions` (`tenant_id`,`entity_id`,`action_type`);--> statement-breakpoint
CREATE TABLE `executions` (
	`execution_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`action_id` text NOT NULL,
	`action_type` text NOT NULL,
	`entity_id` text NOT NULL,
	`region` text NOT NULL,
	`is_automatic` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`queued_at` integer NOT NULL,
	`started_at` integer,
	`ended_at` integer,
	`message` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `executions_action` ON `executions` (`action_id`);--> statement-breakpoint
CREATE INDEX `executions_state` ON `executions` (`state`,`queued_at`);--> statement-breakpoint
CREATE INDEX `executions_started` ON `executions` (`tenant_id`,`started_at`);--> statement-breakpoint
CREATE TABLE `decisions` (
	`decision_id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`tenant_id` text NOT NULL,
	`action_id` text NOT NULL,
	`cluster_id` text,
	`action_type` text NOT NULL,
	`entity_id` text NOT NULL,
	`choice` text NOT NULL,
	`decided_by` text NOT NULL,
	`reason` text NOT NULL,
	`situation` text NOT NULL,
	`features` text NOT NULL,
	`outcome` text,
	`outcome_note` text,
	`rating` integer,
	`reward` real,
	`embedding_provider` text,
	`embedding_model` text,
	`decided_at` integer NOT NULL,
	`outcome_at` integer
);
--> statement-breakpoint
CREATE INDEX `decisions_time` ON `decisions` (`tenant_id`,`decided_at`);--> statement-breakpoint
CREATE INDEX `decisions_action` ON `decisions` (`action_id`);--> statement-breakpoint
CREATE INDEX `decisions_type` ON `decisions` (`tenant_id`,`action_type`);--> statement-breakpoint
CREATE INDEX `decisions_number` ON `decisions` (`number`);--> statement-breakpoint
CREATE TABLE `adr_signatures` (
	`signature_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`adr_id` text NOT NULL,
	`option` text NOT NULL,
	`role` text NOT NULL,
	`operator_id` text NOT NULL,
	`name` text NOT NULL,
	`document_hash` text NOT NULL,
	`signed_at` integer NOT NULL,
	`signature` text NOT NULL,
	`public_key` text NOT NULL,
	`revoked_at` integer,
	`revoked_by` text
);
--> statement-breakpoint
CREATE INDEX `adr_signatures_tenant` ON `adr_signatures` (`tenant_id`,`signed_at`);--> statement-breakpoint
CREATE TABLE `breakers` (
	`tenant_id` text NOT NULL,
	`action_type` text NOT NULL,
	`region` text NOT NULL,
	`failures` integer NOT NULL,
	`opened_at` integer,
	`because` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `action_type`, `region`)
);
--> statement-breakpoint
CREATE TABLE `gates` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`chosen` text NOT NULL,
	`is_stopped` integer NOT NULL,
	`stopped_at` integer,
	`stopped_by` text,
	`is_automatic` integer NOT NULL,
	`allowed_types` text NOT NULL,
	`rollout_share` real NOT NULL,
	`self_test_at` integer,
	`self_test_passed` integer
);
--> statement-breakpoint
CREATE TABLE `operator_sessions` (
	`session_id` text PRIMARY KEY NOT NULL,
	`operator_id` text NOT NULL,
	`secret_hash` text NOT NULL,
	`started_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`last_used_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `operator_sessions_secret` ON `operator_sessions` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `operator_sessions_operator` ON `operator_sessions` (`operator_id`);--> statement-breakpoint
CREATE TABLE `operators` (
	`operator_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`roles` text NOT NULL,
	`credentials` text NOT NULL,
	`created_at` integer NOT NULL,
	`disabled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `operators_name` ON `operators` (`name`);--> statement-breakpoint
CREATE TABLE `policies` (
	`tenant_id` text NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`source` text NOT NULL,
	`stored_at` integer NOT NULL,
	`stored_by` text NOT NULL,
	`note` text NOT NULL,
	`is_current` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `name`, `version`)
);
--> statement-breakpoint
CREATE INDEX `entity_links_to` ON `entity_links` (`tenant_id`,`to_id`);--> statement-breakpoint
CREATE VIRTUAL TABLE `decision_search` USING fts5(terms, content='', tokenize='unicode61');
--> statement-breakpoint
CREATE VIRTUAL TABLE `decision_terms` USING fts5vocab('decision_search', 'row');
