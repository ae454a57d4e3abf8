CREATE TABLE `audit_heads` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit_records` (
	`tenant_id` text NOT NULL,
	`number` integer NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor` text NOT NULL,
	`what` text NOT NULL,
	`subject` text NOT NULL,
	`why` text NOT NULL,
	`detail` text NOT NULL,
	`trace_id` text NOT NULL,
	`entry_id` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `number`)
);
--> statement-breakpoint
CREATE INDEX `audit_records_entry` ON `audit_records` (`entry_id`);--> statement-breakpoint
CREATE INDEX `audit_records_subject` ON `audit_records` (`tenant_id`,`subject`,`number`);--> statement-breakpoint
CREATE TRIGGER `audit_records_no_update` BEFORE UPDATE ON `audit_records` BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_records_no_delete` BEFORE DELETE ON `audit_records` BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
