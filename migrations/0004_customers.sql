CREATE TABLE `care_records` (
	`care_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`cluster_id` text,
	`outcome` text NOT NULL,
	`reason` text,
	`message` text,
	`operator` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `care_records_customer` ON `care_records` (`tenant_id`,`customer_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `customer_entities` (
	`tenant_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`entity_id` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `customer_id`, `entity_id`)
);
--> statement-breakpoint
CREATE INDEX `customer_entities_entity` ON `customer_entities` (`tenant_id`,`entity_id`);--> statement-breakpoint
CREATE TABLE `customers` (
	`tenant_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`name` text NOT NULL,
	`sla_tier` text,
	`consent_proactive_comms` integer NOT NULL,
	`contact` text,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `customer_id`)
);
