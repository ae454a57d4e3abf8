CREATE TABLE `cluster_causes` (
	`cluster_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`entity_id` text NOT NULL,
	`alarm_id` text,
	`because` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `cluster_history` (
	`cluster_id` text NOT NULL,
	`position` integer NOT NULL,
	`is_correction` integer NOT NULL,
	PRIMARY KEY(`cluster_id`, `position`)
);
--> statement-breakpoint
CREATE INDEX `cluster_history_position` ON `cluster_history` (`position`);--> statement-breakpoint
CREATE TABLE `cluster_pins` (
	`alarm_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`cluster_id` text NOT NULL,
	`leads` integer NOT NULL,
	`because` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `clusters_apart` (
	`left_id` text NOT NULL,
	`right_id` text NOT NULL,
	`tenant_id` text NOT NULL,
	PRIMARY KEY(`left_id`, `right_id`)
);
--> statement-breakpoint
CREATE TABLE `grouping_habits` (
	`tenant_id` text NOT NULL,
	`left_kind` text NOT NULL,
	`right_kind` text NOT NULL,
	`place` text NOT NULL,
	`together` integer NOT NULL,
	`apart` integer NOT NULL,
	`last_at` integer NOT NULL,
	`last_by` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `left_kind`, `right_kind`, `place`)
);
--> statement-breakpoint
CREATE TABLE `cause_knowledge` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`snapshot` text NOT NULL,
	`position` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `cause_verdicts` (
	`tenant_id` text NOT NULL,
	`cause` text NOT NULL,
	`effect` text NOT NULL,
	`verdict` text NOT NULL,
	`lag_seconds` real NOT NULL,
	`support` real NOT NULL,
	`decided_at` integer NOT NULL,
	`decided_by` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `cause`, `effect`)
);
--> statement-breakpoint
CREATE TABLE `learned_causes` (
	`tenant_id` text NOT NULL,
	`cause` text NOT NULL,
	`effect` text NOT NULL,
	`lag_seconds` real NOT NULL,
	`support` real NOT NULL,
	`expected` real NOT NULL,
	`confidence` real NOT NULL,
	PRIMARY KEY(`tenant_id`, `cause`, `effect`)
);
--> statement-breakpoint
CREATE TABLE `grouping_rules` (
	`rule_id` text NOT NULL,
	`version` integer NOT NULL,
	`tenant_id` text NOT NULL,
	`definition` text NOT NULL,
	`is_in_force` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by` text NOT NULL,
	PRIMARY KEY(`rule_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `maintenance_windows` (
	`window_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`name` text NOT NULL,
	`reason` text NOT NULL,
	`conditions` text NOT NULL,
	`with_contents` integer NOT NULL,
	`schedule` text NOT NULL,
	`on_since` integer,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`ended_at` integer,
	`ended_by` text
);
--> statement-breakpoint
CREATE INDEX `maintenance_windows_tenant` ON `maintenance_windows` (`tenant_id`,`created_at`);--> statement-breakpoint
ALTER TABLE `alarms` ADD `noise` text;--> statement-breakpoint
ALTER TABLE `alarms` ADD `held_until` integer;--> statement-breakpoint
CREATE INDEX `alarms_held` ON `alarms` (`held_until`) WHERE held_until IS NOT NULL;--> statement-breakpoint
CREATE INDEX `alarms_noisy` ON `alarms` (`tenant_id`) WHERE noise IS NOT NULL;--> statement-breakpoint
ALTER TABLE `clusters` ADD `suppressed_count` integer DEFAULT 0 NOT NULL;