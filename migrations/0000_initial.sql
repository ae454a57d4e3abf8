CREATE TABLE `tokens` (
	`token_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`name` text NOT NULL,
	`secret_hash` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`revoked_at` integer,
	`last_used_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tokens_secret` ON `tokens` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `tokens_tenant` ON `tokens` (`tenant_id`);--> statement-breakpoint
CREATE TABLE `alarm_history` (
	`position` integer PRIMARY KEY NOT NULL,
	`alarm_id` text NOT NULL,
	`outcome` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `alarm_history_alarm` ON `alarm_history` (`alarm_id`,`position`);--> statement-breakpoint
CREATE TABLE `alarm_rate` (
	`tenant_id` text NOT NULL,
	`bucket` integer NOT NULL,
	`raised` integer NOT NULL,
	`repeated` integer NOT NULL,
	`cleared` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `bucket`)
);
--> statement-breakpoint
CREATE TABLE `alarms` (
	`alarm_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`entity_id` text NOT NULL,
	`alarm_type` text NOT NULL,
	`specific_problem` text NOT NULL,
	`probable_cause` text,
	`severity` text NOT NULL,
	`is_cleared` integer NOT NULL,
	`is_acked` integer NOT NULL,
	`is_live` integer NOT NULL,
	`acked_by` text,
	`shelved_until` integer,
	`raised_at` integer NOT NULL,
	`last_raised_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`cleared_at` integer,
	`repeat_count` integer NOT NULL,
	`source_system` text NOT NULL,
	`text` text NOT NULL,
	`cluster_id` text,
	`incident_id` text,
	`sequence` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alarms_identity` ON `alarms` (`tenant_id`,`entity_id`,`alarm_type`,`specific_problem`);--> statement-breakpoint
CREATE INDEX `alarms_sequence` ON `alarms` (`tenant_id`,`is_live`,`sequence`);--> statement-breakpoint
CREATE INDEX `alarms_cluster` ON `alarms` (`cluster_id`);--> statement-breakpoint
CREATE TABLE `feeds` (
	`tenant_id` text NOT NULL,
	`source_system` text NOT NULL,
	`received` integer NOT NULL,
	`last_event_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `source_system`)
);
--> statement-breakpoint
CREATE TABLE `cluster_members` (
	`cluster_id` text NOT NULL,
	`alarm_id` text NOT NULL,
	`because` text NOT NULL,
	`linked_to` text,
	`score` real NOT NULL,
	PRIMARY KEY(`cluster_id`, `alarm_id`)
);
--> statement-breakpoint
CREATE TABLE `clusters` (
	`cluster_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`state` text NOT NULL,
	`title` text NOT NULL,
	`severity` text NOT NULL,
	`alarm_count` integer NOT NULL,
	`active_count` integer NOT NULL,
	`entity_count` integer NOT NULL,
	`is_emergency_service` integer NOT NULL,
	`candidates` text NOT NULL,
	`first_raised_at` integer NOT NULL,
	`last_raised_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`incident_id` text,
	`merged_into` text,
	`sequence` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `clusters_sequence` ON `clusters` (`tenant_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `clusters_state` ON `clusters` (`tenant_id`,`state`,`sequence`);--> statement-breakpoint
CREATE TABLE `incident_history` (
	`position` integer PRIMARY KEY NOT NULL,
	`incident_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `incident_history_incident` ON `incident_history` (`incident_id`,`position`);--> statement-breakpoint
CREATE TABLE `incidents` (
	`incident_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`cluster_id` text,
	`entity_id` text,
	`title` text NOT NULL,
	`severity` text NOT NULL,
	`state` text NOT NULL,
	`owner` text,
	`is_emergency_service` integer NOT NULL,
	`alarm_count` integer NOT NULL,
	`active_count` integer NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`acknowledged_at` integer,
	`resolved_at` integer,
	`closed_at` integer,
	`sequence` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `incidents_sequence` ON `incidents` (`tenant_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `incidents_state` ON `incidents` (`tenant_id`,`state`,`sequence`);--> statement-breakpoint
CREATE INDEX `incidents_created` ON `incidents` (`tenant_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `incidents_cluster` ON `incidents` (`cluster_id`);--> statement-breakpoint
CREATE TABLE `change_sequence` (
	`id` integer PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `handler_faults` (
	`fault_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`handler` text NOT NULL,
	`position` integer NOT NULL,
	`at` integer NOT NULL,
	`message` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `handler_positions` (
	`handler` text PRIMARY KEY NOT NULL,
	`position` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `journal` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`tenant_id` text NOT NULL,
	`event_id` text NOT NULL,
	`entry_id` text NOT NULL,
	`event_type` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`trace_id` text NOT NULL,
	`correlation_id` text NOT NULL,
	`payload` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `journal_tenant_event` ON `journal` (`tenant_id`,`event_id`);--> statement-breakpoint
CREATE TABLE `kpi_samples` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`tenant_id` text NOT NULL,
	`entity_id` text NOT NULL,
	`metric_name` text NOT NULL,
	`value` real NOT NULL,
	`timestamp` integer NOT NULL,
	`source` text,
	FOREIGN KEY (`tenant_id`,`entity_id`) REFERENCES `network_entities`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `kpi_samples_series` ON `kpi_samples` (`tenant_id`,`entity_id`,`metric_name`,`timestamp`);--> statement-breakpoint
CREATE TABLE `ledger` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`new` integer NOT NULL,
	`repeated` integer NOT NULL,
	`cleared` integer NOT NULL,
	`duplicate` integer NOT NULL,
	`suppressed` integer NOT NULL,
	`rejected` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `entity_links` (
	`tenant_id` text NOT NULL,
	`from_id` text NOT NULL,
	`to_id` text NOT NULL,
	`kind` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `from_id`, `to_id`, `kind`)
);
--> statement-breakpoint
CREATE TABLE `network_entities` (
	`id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`entity_type` text NOT NULL,
	`name` text NOT NULL,
	`external_id` text,
	`geo_lat` real,
	`geo_lon` real,
	`revenue_weight` real,
	`sla_tier` text,
	`embedding_provider` text,
	`embedding_model` text,
	`last_seen_at` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `network_entities_type` ON `network_entities` (`tenant_id`,`entity_type`);--> statement-breakpoint
CREATE INDEX `network_entities_external` ON `network_entities` (`external_id`,`tenant_id`);