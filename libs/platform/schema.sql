-- The whole schema after the last migration, for reading: printed by `npm run generate`, compared by a test, never run.

CREATE TABLE `account_deletion` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `user_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `open_of` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `requested_at` datetime(6) NOT NULL,
  `due_at` datetime(6) NOT NULL,
  `next_try_at` datetime(6) NOT NULL,
  `ended_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `account_deletion_open` (`open_of`),
  KEY `account_deletion_due` (`state`,`next_try_at`,`id`),
  CONSTRAINT `account_deletion_state_known` CHECK (`state` in ('REQUESTED','WITHDRAWN','DONE')),
  CONSTRAINT `account_deletion_open_until_ended` CHECK (`state` = 'REQUESTED' = (`open_of` is not null) and `open_of` is null = (`ended_at` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `adoption` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `offer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `object_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `adopted_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `adoption_once` (`order_id`,`object_id`),
  KEY `adoption_of_offer` (`offer_id`,`id`),
  KEY `adoption_of_object` (`object_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `adoption_harvest` (
  `object_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `season` int(11) NOT NULL,
  `harvested_g` int(11) NOT NULL,
  `promised_portions` int(11) NOT NULL,
  `short_portions` int(11) NOT NULL,
  `note` varchar(200) NOT NULL,
  `declared_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `declared_at` datetime(6) NOT NULL,
  `corrected_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`object_id`,`season`),
  CONSTRAINT `adoption_harvest_amounts` CHECK (`harvested_g` >= 0 and `short_portions` >= 0 and `short_portions` <= `promised_portions`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `adoption_instalment` (
  `order_line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `adoption_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `offer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `number` int(11) NOT NULL,
  `season` int(11) NOT NULL,
  `promised_on` date NOT NULL,
  `delay_reason` varchar(200) NOT NULL,
  `watch_on` date DEFAULT NULL,
  PRIMARY KEY (`order_line_id`),
  UNIQUE KEY `adoption_instalment_once` (`adoption_id`,`number`),
  KEY `adoption_instalment_of_offer` (`offer_id`,`number`),
  KEY `adoption_instalment_to_watch` (`watch_on`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `adoption_object` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `offer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `tag` varchar(20) NOT NULL,
  `place` varchar(100) NOT NULL,
  `photo_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `portions` int(11) NOT NULL,
  `reserved` int(11) NOT NULL,
  `shipped` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `adoption_object_tag` (`offer_id`,`tag`),
  KEY `adoption_object_free` (`offer_id`,`state`,`reserved`,`shipped`),
  CONSTRAINT `adoption_object_state_known` CHECK (`state` in ('STANDING','WITHDRAWN','HARVESTED')),
  CONSTRAINT `adoption_object_portions` CHECK (`reserved` >= 0 and `shipped` >= 0 and `reserved` + `shipped` <= `portions`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `adoption_offer` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `open_variant_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `object_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `story` varchar(1000) NOT NULL,
  `portions` int(11) NOT NULL,
  `portion_g` int(11) NOT NULL,
  `first_on` date NOT NULL,
  `last_on` date NOT NULL,
  `orders_open_at` datetime(6) NOT NULL,
  `orders_close_at` datetime(6) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `opened_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `closed_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `adoption_offer_open` (`open_variant_id`),
  KEY `adoption_offer_of_merchant` (`merchant_id`,`id`),
  KEY `adoption_offer_of_product` (`product_id`,`state`),
  KEY `adoption_offer_taking_orders` (`state`,`orders_close_at`),
  CONSTRAINT `adoption_offer_kind_known` CHECK (`object_kind` in ('TREE','PLOT','ANIMAL','HIVE')),
  CONSTRAINT `adoption_offer_state_known` CHECK (`state` in ('OPEN','CLOSED')),
  CONSTRAINT `adoption_offer_portions` CHECK (`portions` > 0 and `portion_g` > 0),
  CONSTRAINT `adoption_offer_days` CHECK (`first_on` <= `last_on`),
  CONSTRAINT `adoption_offer_orders` CHECK (`orders_open_at` < `orders_close_at`),
  CONSTRAINT `adoption_offer_closed` CHECK (`state` = 'CLOSED' = (`closed_at` is not null) and `state` = 'OPEN' = (`open_variant_id` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `adoption_offer_instalment` (
  `offer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `number` int(11) NOT NULL,
  `portions` int(11) NOT NULL,
  `first_on` date NOT NULL,
  `last_on` date NOT NULL,
  PRIMARY KEY (`offer_id`,`number`),
  CONSTRAINT `adoption_offer_instalment_portions` CHECK (`portions` > 0),
  CONSTRAINT `adoption_offer_instalment_days` CHECK (`first_on` <= `last_on`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `adoption_plate` (
  `adoption_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `name` varchar(40) NOT NULL,
  `set_at` datetime(6) NOT NULL,
  PRIMARY KEY (`adoption_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `adoption_recipient` (
  `order_line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `name` varchar(60) NOT NULL,
  `phone` varchar(20) NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `address` varchar(200) NOT NULL,
  `set_at` datetime(6) NOT NULL,
  PRIMARY KEY (`order_line_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `adoption_update` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `offer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `object_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `text` varchar(1000) NOT NULL,
  `photo_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `published_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `published_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `adoption_update_once` (`offer_id`,`idempotency_key`),
  KEY `adoption_update_of_offer` (`offer_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `after_sale` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `buyer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `request_hash` binary(32) NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_name` varchar(120) NOT NULL,
  `variant_name` varchar(80) NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `open_line_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `reason` varchar(32) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `quantity` int(11) NOT NULL,
  `bad_weight_g` int(11) DEFAULT NULL,
  `bad_share_bps` int(11) DEFAULT NULL,
  `asked_fen` bigint(20) NOT NULL,
  `is_whole` tinyint(1) NOT NULL,
  `granted_fen` bigint(20) DEFAULT NULL,
  `refund_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `return_address` varchar(200) DEFAULT NULL,
  `return_carrier` varchar(40) DEFAULT NULL,
  `return_tracking_no` varchar(60) COLLATE ascii_bin DEFAULT NULL,
  `is_final` tinyint(1) NOT NULL DEFAULT 0,
  `due_at` datetime(6) DEFAULT NULL,
  `opened_at` datetime(6) NOT NULL,
  `closed_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `after_sale_once` (`buyer_id`,`idempotency_key`),
  UNIQUE KEY `after_sale_open_of_line` (`open_line_id`),
  UNIQUE KEY `after_sale_refund` (`refund_id`),
  KEY `after_sale_of_buyer` (`buyer_id`,`id`),
  KEY `after_sale_of_line` (`order_line_id`,`id`),
  KEY `after_sale_of_merchant_order` (`merchant_order_id`,`closed_at`),
  KEY `after_sale_of_merchant` (`merchant_id`,`state`,`id`),
  KEY `after_sale_of_county` (`county_code`,`state`,`id`),
  KEY `after_sale_queue` (`state`,`id`),
  KEY `after_sale_due` (`due_at`),
  CONSTRAINT `after_sale_kind_known` CHECK (`kind` in ('REFUND_ONLY','RETURN_REFUND','EXCHANGE','FRESH_CLAIM')),
  CONSTRAINT `after_sale_state_known` CHECK (`state` in ('REQUESTED','REFUSED','AT_PLATFORM','AWAITING_RETURN','RETURNING','TO_REPLACE','REPLACING','REFUNDING','REFUNDED','REPLACED','REJECTED','WITHDRAWN','LAPSED')),
  CONSTRAINT `after_sale_quantity_positive` CHECK (`quantity` > 0),
  CONSTRAINT `after_sale_weighed` CHECK (`kind` = 'FRESH_CLAIM' = (`bad_weight_g` is not null) and `bad_weight_g` is null = (`bad_share_bps` is null)),
  CONSTRAINT `after_sale_open_until_closed` CHECK (`open_line_id` is null = (`closed_at` is not null)),
  CONSTRAINT `after_sale_granted_by_refund` CHECK (`refund_id` is null = (`granted_fen` is null)),
  CONSTRAINT `after_sale_carrier_has_number` CHECK (`return_carrier` is null = (`return_tracking_no` is null)),
  CONSTRAINT `after_sale_reason_known` CHECK (`reason` in ('NOT_RECEIVED','DAMAGED','WRONG_GOODS','QUALITY','SPOILED','NO_LONGER_WANTED','NOT_TAKEN'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `after_sale_photo` (
  `after_sale_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `photo_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `side` varchar(32) COLLATE ascii_bin NOT NULL,
  `subject` varchar(32) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `fingerprint` char(16) COLLATE ascii_bin NOT NULL,
  `band_a` char(4) COLLATE ascii_bin NOT NULL,
  `band_b` char(4) COLLATE ascii_bin NOT NULL,
  `band_c` char(4) COLLATE ascii_bin NOT NULL,
  `band_d` char(4) COLLATE ascii_bin NOT NULL,
  `added_at` datetime(6) NOT NULL,
  PRIMARY KEY (`after_sale_id`,`photo_id`),
  KEY `after_sale_photo_a` (`band_a`),
  KEY `after_sale_photo_b` (`band_b`),
  KEY `after_sale_photo_c` (`band_c`),
  KEY `after_sale_photo_d` (`band_d`),
  CONSTRAINT `after_sale_photo_side_known` CHECK (`side` in ('BUYER','MERCHANT','PLATFORM','TIME')),
  CONSTRAINT `after_sale_photo_subject_known` CHECK (`subject` in ('WAYBILL','SCALE','GOODS'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `after_sale_step` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `after_sale_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `act` varchar(32) COLLATE ascii_bin NOT NULL,
  `side` varchar(32) COLLATE ascii_bin NOT NULL,
  `actor_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `note` varchar(500) NOT NULL,
  `at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `after_sale_step_of` (`after_sale_id`,`id`),
  CONSTRAINT `after_sale_step_act_known` CHECK (`act` in ('OPENED','EVIDENCE_ADDED','WITHDRAWN','APPROVED','REFUSED','APPEALED','ACCEPTED','CONTESTED','ESCALATED','SENT_BACK','RETURN_CONFIRMED','REPLACEMENT_SHIPPED','REPLACEMENT_RECEIVED','REPLACEMENT_OVERDUE','REFUND_DECIDED','RETURN_DECIDED','REJECT_DECIDED','REFUND_SUCCEEDED','REFUND_FAILED','LAPSED')),
  CONSTRAINT `after_sale_step_side_known` CHECK (`side` in ('BUYER','MERCHANT','PLATFORM','TIME')),
  CONSTRAINT `after_sale_step_state_known` CHECK (`state` in ('REQUESTED','REFUSED','AT_PLATFORM','AWAITING_RETURN','RETURNING','TO_REPLACE','REPLACING','REFUNDING','REFUNDED','REPLACED','REJECTED','WITHDRAWN','LAPSED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `approval_request` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `subject_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `subject_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `open_subject` varchar(80) COLLATE ascii_bin DEFAULT NULL,
  `content_hash` varchar(64) COLLATE ascii_bin NOT NULL,
  `requested_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `required_count` int(11) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `requested_at` datetime(6) NOT NULL,
  `decided_at` datetime(6) DEFAULT NULL,
  `division_code` varchar(12) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `approval_request_open_once` (`open_subject`),
  KEY `approval_request_waiting` (`state`,`requested_at`,`id`),
  KEY `approval_request_of_subject` (`subject_kind`,`subject_id`,`requested_at`),
  CONSTRAINT `approval_request_state_known` CHECK (`state` in ('OPEN','APPROVED','REJECTED','WITHDRAWN')),
  CONSTRAINT `approval_request_somebody_else` CHECK (`required_count` >= 1),
  CONSTRAINT `approval_request_open_or_decided` CHECK (`state` = 'OPEN' = (`decided_at` is null) and `state` = 'OPEN' = (`open_subject` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `approval_vote` (
  `request_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `user_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `verdict` varchar(32) COLLATE ascii_bin NOT NULL,
  `reason` varchar(400) DEFAULT NULL,
  `at` datetime(6) NOT NULL,
  PRIMARY KEY (`request_id`,`user_id`),
  CONSTRAINT `approval_vote_verdict_known` CHECK (`verdict` in ('APPROVE','REJECT')),
  CONSTRAINT `approval_vote_rejection_reasoned` CHECK (`verdict` <> 'REJECT' or `reason` is not null)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `audit_entry` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `actor_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `act` varchar(60) COLLATE ascii_bin NOT NULL,
  `subject` varchar(80) COLLATE ascii_bin NOT NULL,
  `detail` longtext COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`detail`)),
  `at` datetime(6) NOT NULL,
  `division_code` varchar(12) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `audit_entry_of_subject` (`subject`,`at`),
  KEY `audit_entry_of_actor` (`actor_id`,`at`),
  KEY `audit_entry_in_division` (`division_code`,`at`),
  KEY `audit_entry_of_act` (`act`,`at`),
  KEY `audit_entry_latest` (`at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `bank_refund` (
  `refund_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `approval_request_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `holder_masked` varchar(40) NOT NULL,
  `bank_name` varchar(120) NOT NULL,
  `account_last_four` varchar(4) COLLATE ascii_bin NOT NULL,
  `key_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `account_cipher` varbinary(1024) DEFAULT NULL,
  `set_aside_at` datetime(6) DEFAULT NULL,
  `instructed_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `instructed_at` datetime(6) DEFAULT NULL,
  `bank_ref` varchar(80) COLLATE ascii_bin DEFAULT NULL,
  `closed_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `closed_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`refund_id`),
  UNIQUE KEY `bank_refund_bank_ref` (`bank_ref`),
  KEY `bank_refund_by_state` (`state`,`refund_id`),
  CONSTRAINT `bank_refund_state_known` CHECK (`state` in ('WAITING','APPROVED','INSTRUCTED','CONFIRMED','REJECTED','RETURNED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `batch_recall` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `open_batch_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `by_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `advice` varchar(32) COLLATE ascii_bin NOT NULL,
  `reason` varchar(200) NOT NULL,
  `asked_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `asked_at` datetime(6) NOT NULL,
  `started_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `started_at` datetime(6) DEFAULT NULL,
  `ended_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `ended_at` datetime(6) DEFAULT NULL,
  `end_reason` varchar(200) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `batch_recall_open` (`open_batch_id`),
  KEY `batch_recall_of_batch` (`batch_id`,`id`),
  KEY `batch_recall_of_county` (`county_code`,`id`),
  CONSTRAINT `batch_recall_by_known` CHECK (`by_kind` in ('MERCHANT','OFFICIAL')),
  CONSTRAINT `batch_recall_state_known` CHECK (`state` in ('PROPOSED','ACTIVE','DROPPED','LIFTED')),
  CONSTRAINT `batch_recall_advice_known` CHECK (`advice` in ('DO_NOT_EAT','THROW_AWAY','SEND_BACK'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `batch_recall_notice` (
  `recall_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `told_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`recall_id`,`order_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `batch_stop` (
  `batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cause` varchar(32) COLLATE ascii_bin NOT NULL,
  `stopped_at` datetime(6) NOT NULL,
  PRIMARY KEY (`batch_id`,`cause`),
  CONSTRAINT `batch_stop_cause_known` CHECK (`cause` in ('RECALLED','TEST_FAILED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `batch_test_report` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `file_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `laboratory` varchar(80) NOT NULL,
  `report_no` varchar(60) NOT NULL,
  `tested_on` date NOT NULL,
  `result` varchar(32) COLLATE ascii_bin NOT NULL,
  `brought_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `brought_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `batch_test_report_once` (`brought_by`,`idempotency_key`),
  KEY `batch_test_report_of_batch` (`batch_id`,`id`),
  CONSTRAINT `batch_test_report_result_known` CHECK (`result` in ('PASSED','FAILED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `bulk_order` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `unit_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `contractor_id` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  `buyer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `reference` varchar(60) NOT NULL DEFAULT '',
  `content_hash` binary(32) NOT NULL,
  `file_name` varchar(120) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `mode` varchar(32) COLLATE ascii_bin NOT NULL,
  `payment_term` varchar(32) COLLATE ascii_bin NOT NULL,
  `is_for_union` tinyint(1) NOT NULL,
  `invoice_title_id` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  `campaign_code` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  `row_count` int(11) NOT NULL,
  `faulty_row_count` int(11) NOT NULL,
  `goods_fen` bigint(20) NOT NULL,
  `freight_fen` bigint(20) NOT NULL,
  `total_fen` bigint(20) NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `checked_at` datetime(6) NOT NULL,
  `confirmed_at` datetime(6) DEFAULT NULL,
  `finished_at` datetime(6) DEFAULT NULL,
  `signer_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `lease_until` datetime(6) DEFAULT NULL,
  `forgotten_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `bulk_order_once` (`unit_id`,`contractor_id`,`content_hash`,`reference`),
  KEY `bulk_order_of_unit` (`unit_id`,`id`),
  KEY `bulk_order_at_work` (`state`,`lease_until`,`id`),
  KEY `bulk_order_to_forget` (`forgotten_at`,`checked_at`),
  KEY `bulk_order_of_buyer` (`buyer_id`,`id`),
  CONSTRAINT `bulk_order_state_known` CHECK (`state` in ('CHECKED','DISCARDED','PLACING','PLACED','SIGNING','SIGNED','UNDOING','UNDONE')),
  CONSTRAINT `bulk_order_mode_known` CHECK (`mode` in ('EACH_BY_ITSELF','ALL_OR_NOTHING')),
  CONSTRAINT `bulk_order_term_known` CHECK (`payment_term` in ('PREPAID','ON_ACCOUNT'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `bulk_order_parcel` (
  `bulk_order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `parcel_no` int(11) NOT NULL,
  `name` varchar(60) NOT NULL,
  `phone` varchar(20) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `address` varchar(200) NOT NULL,
  `total_fen` bigint(20) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `attempts` int(11) NOT NULL DEFAULT 0,
  `refusal_code` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `refusal_zh` varchar(300) DEFAULT NULL,
  `refusal_en` varchar(300) DEFAULT NULL,
  PRIMARY KEY (`bulk_order_id`,`parcel_no`),
  KEY `bulk_order_parcel_to_do` (`bulk_order_id`,`state`,`parcel_no`),
  CONSTRAINT `bulk_order_parcel_state_known` CHECK (`state` in ('WAITING','PLACED','SIGNED','REFUSED','UNDONE'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `bulk_order_row` (
  `bulk_order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `row_no` int(11) NOT NULL,
  `parcel_no` int(11) DEFAULT NULL,
  `recipient` varchar(100) NOT NULL,
  `phone` varchar(40) NOT NULL,
  `county` varchar(100) NOT NULL,
  `address` varchar(250) NOT NULL,
  `goods` varchar(100) NOT NULL,
  `quantity_text` varchar(40) NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `quantity` int(11) NOT NULL,
  `faults` varchar(400) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`bulk_order_id`,`row_no`),
  KEY `bulk_order_row_of_parcel` (`bulk_order_id`,`parcel_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `buyer_address` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `buyer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `name` varchar(60) NOT NULL,
  `phone` varchar(20) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `township_code` varchar(12) COLLATE ascii_bin NOT NULL DEFAULT '',
  `detail` varchar(120) NOT NULL,
  `default_of` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `content_hash` binary(32) NOT NULL,
  `changed_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `buyer_address_once` (`buyer_id`,`content_hash`),
  UNIQUE KEY `buyer_address_default` (`default_of`),
  CONSTRAINT `buyer_address_default_is_own` CHECK (`default_of` is null or `default_of` = `buyer_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `buyer_receipt` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `unit_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `source` varchar(32) COLLATE ascii_bin NOT NULL,
  `reference` varchar(80) COLLATE ascii_bin NOT NULL,
  `request_hash` binary(32) NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `allocated_fen` bigint(20) NOT NULL,
  `received_on` date NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `recorded_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `recorded_at` datetime(6) NOT NULL,
  `reversed_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `buyer_receipt_reference` (`source`,`reference`),
  KEY `buyer_receipt_of_unit` (`unit_id`,`id`),
  CONSTRAINT `buyer_receipt_source_known` CHECK (`source` in ('BANK','CREDIT')),
  CONSTRAINT `buyer_receipt_state_known` CHECK (`state` in ('POSTED','REVERSED')),
  CONSTRAINT `buyer_receipt_amounts` CHECK (`amount_fen` > 0 and `allocated_fen` >= 0 and `allocated_fen` <= `amount_fen`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `active_point_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `serial_no` varchar(40) COLLATE ascii_bin NOT NULL,
  `model` varchar(32) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `slot_revision` int(11) NOT NULL,
  `registered_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `registered_at` datetime(6) NOT NULL,
  `retired_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `cabinet_serial` (`serial_no`),
  UNIQUE KEY `cabinet_of_point` (`active_point_id`),
  KEY `cabinet_of_operator` (`operator_id`,`id`),
  KEY `cabinet_of_county` (`county_code`,`id`),
  KEY `cabinet_of_place` (`channel_point_id`,`id`),
  CONSTRAINT `cabinet_model_known` CHECK (`model` in ('SLOT_CABINET','OPEN_DOOR','LOCKER')),
  CONSTRAINT `cabinet_state_known` CHECK (`state` in ('ACTIVE','RETIRED')),
  CONSTRAINT `cabinet_stands` CHECK (`state` = 'ACTIVE' = (`active_point_id` is not null) and `state` = 'ACTIVE' = (`retired_at` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_alarm` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `open_cabinet_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `slot_code` varchar(8) COLLATE ascii_bin NOT NULL,
  `severity` varchar(32) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `detail` varchar(200) NOT NULL,
  `deci_celsius_peak` int(11) DEFAULT NULL,
  `began_at` datetime(6) NOT NULL,
  `raised_at` datetime(6) NOT NULL,
  `occurrence_count` int(11) NOT NULL,
  `ended_at` datetime(6) DEFAULT NULL,
  `resolve_at` datetime(6) DEFAULT NULL,
  `escalated_to` varchar(32) COLLATE ascii_bin NOT NULL,
  `escalate_at` datetime(6) DEFAULT NULL,
  `acknowledged_at` datetime(6) DEFAULT NULL,
  `acknowledged_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `resolved_at` datetime(6) DEFAULT NULL,
  `resolved_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `note` varchar(500) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `cabinet_alarm_once` (`open_cabinet_id`,`kind`,`slot_code`),
  KEY `cabinet_alarm_of_cabinet` (`cabinet_id`,`kind`,`began_at`),
  KEY `cabinet_alarm_of_operator` (`operator_id`,`id`),
  KEY `cabinet_alarm_of_county` (`county_code`,`id`),
  KEY `cabinet_alarm_to_resolve` (`resolve_at`),
  KEY `cabinet_alarm_to_escalate` (`escalate_at`),
  CONSTRAINT `cabinet_alarm_severity_known` CHECK (`severity` in ('CRITICAL','WARNING','NOTICE')),
  CONSTRAINT `cabinet_alarm_state_known` CHECK (`state` in ('OPEN','ACKNOWLEDGED','RESOLVED')),
  CONSTRAINT `cabinet_alarm_escalated_to_known` CHECK (`escalated_to` in ('OPERATOR','COUNTY')),
  CONSTRAINT `cabinet_alarm_open` CHECK (`state` = 'RESOLVED' = (`open_cabinet_id` is null) and `state` = 'RESOLVED' = (`resolved_at` is not null)),
  CONSTRAINT `cabinet_alarm_known_to` CHECK (`acknowledged_at` is null = (`acknowledged_by` is null) and (`state` <> 'ACKNOWLEDGED' or `acknowledged_at` is not null)),
  CONSTRAINT `cabinet_alarm_kind_known` CHECK (`kind` in ('TEMPERATURE','POWER_LOST','OFFLINE','DOOR_OPEN','TAMPER','TRAY_DRIFT','JAM','SLOT_EMPTY','EXPIRED_GOODS','STOCK_LOSS','SNAPSHOT_MISMATCH','PAYMENT_DEVICE','THERMOMETER','BOOT_COUNT','PAPERS_EXPIRING','PAPERS_LAPSED','OTHER'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_boot` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `boot_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `boot_no` int(11) NOT NULL,
  `first_seen_at` datetime(6) NOT NULL,
  `started_at` datetime(6) DEFAULT NULL,
  `highest_seq` bigint(20) NOT NULL,
  `boot_base` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`cabinet_id`,`boot_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_command` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `data` text NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `requested_at` datetime(6) NOT NULL,
  `expires_at` datetime(6) NOT NULL,
  `sent_at` datetime(6) DEFAULT NULL,
  `replied_at` datetime(6) DEFAULT NULL,
  `detail` varchar(200) NOT NULL,
  `requested_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `cause_key` varchar(80) COLLATE ascii_bin DEFAULT NULL,
  `log` text DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `cabinet_command_once` (`cabinet_id`,`cause_key`),
  KEY `cabinet_command_to_send` (`state`,`expires_at`),
  KEY `cabinet_command_of_cabinet` (`cabinet_id`,`id`),
  KEY `cabinet_command_of_kind` (`cabinet_id`,`kind`,`id`),
  CONSTRAINT `cabinet_command_state_known` CHECK (`state` in ('WAITING','DONE','FAILED','EXPIRED')),
  CONSTRAINT `cabinet_command_kind_known` CHECK (`kind` in ('RESEND','SNAPSHOT','DELIVER','OPEN_DOOR','OPEN_CELL','REBOOT','TEMPERATURE_SET','SERVICE_DOOR_OPEN','LOCK','UNLOCK','LOGS_PULL','FIRMWARE_UPDATE','CONFIG_UPDATE'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_condition` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `began_at` datetime(6) NOT NULL,
  `raise_at` datetime(6) NOT NULL,
  `raised_by_clock_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`cabinet_id`,`kind`),
  KEY `cabinet_condition_to_raise` (`raised_by_clock_at`),
  CONSTRAINT `cabinet_condition_kind_known` CHECK (`kind` in ('TEMPERATURE','POWER_LOST','OFFLINE','DOOR_OPEN','TAMPER','TRAY_DRIFT','JAM','SLOT_EMPTY','EXPIRED_GOODS','STOCK_LOSS','SNAPSHOT_MISMATCH','PAYMENT_DEVICE','THERMOMETER','BOOT_COUNT','PAPERS_EXPIRING','PAPERS_LAPSED','OTHER'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_credential` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `secret_hash` char(64) COLLATE ascii_bin NOT NULL,
  `issued_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `issued_at` datetime(6) NOT NULL,
  `expires_at` datetime(6) DEFAULT NULL,
  `revoked_at` datetime(6) DEFAULT NULL,
  `last_used_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `cabinet_credential_of_cabinet` (`cabinet_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_day` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `business_day` date NOT NULL,
  `reading_count` int(11) NOT NULL,
  `celsius_count` int(11) NOT NULL,
  `deci_celsius_sum` bigint(20) NOT NULL,
  `deci_celsius_min` int(11) DEFAULT NULL,
  `deci_celsius_max` int(11) DEFAULT NULL,
  `measured_seconds` int(11) NOT NULL,
  `in_band_seconds` int(11) NOT NULL,
  `door_open_seconds` int(11) NOT NULL,
  `powered_seconds` int(11) NOT NULL,
  `unpowered_seconds` int(11) NOT NULL,
  `signal_dbm_min` int(11) DEFAULT NULL,
  PRIMARY KEY (`cabinet_id`,`business_day`),
  KEY `cabinet_day_by_day` (`business_day`,`cabinet_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_drop` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `day` date NOT NULL,
  `reason` varchar(32) COLLATE ascii_bin NOT NULL,
  `dropped_count` int(11) NOT NULL,
  `last_at` datetime(6) NOT NULL,
  `last_kind` varchar(40) COLLATE ascii_bin NOT NULL,
  `last_detail` varchar(200) NOT NULL,
  PRIMARY KEY (`cabinet_id`,`day`,`reason`),
  CONSTRAINT `cabinet_drop_reason_known` CHECK (`reason` in ('TOO_LARGE','NOT_JSON','UNKNOWN_KIND','WRONG_SHAPE','TOO_MANY_PARKED','TOO_MANY_GAPS'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_gap` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `boot_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `from_seq` bigint(20) NOT NULL,
  `to_seq` bigint(20) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `found_at` datetime(6) NOT NULL,
  `ask_at` datetime(6) NOT NULL,
  `asked_count` int(11) NOT NULL,
  PRIMARY KEY (`cabinet_id`,`boot_id`,`from_seq`),
  KEY `cabinet_gap_to_ask` (`state`,`ask_at`),
  CONSTRAINT `cabinet_gap_state_known` CHECK (`state` in ('OPEN','LOST')),
  CONSTRAINT `cabinet_gap_in_order` CHECK (`to_seq` >= `from_seq` and `from_seq` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_hour` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `hour_at` datetime(6) NOT NULL,
  `business_day` date NOT NULL,
  `reading_count` int(11) NOT NULL,
  `celsius_count` int(11) NOT NULL,
  `deci_celsius_sum` bigint(20) NOT NULL,
  `deci_celsius_min` int(11) DEFAULT NULL,
  `deci_celsius_max` int(11) DEFAULT NULL,
  `measured_seconds` int(11) NOT NULL,
  `in_band_seconds` int(11) NOT NULL,
  `door_open_seconds` int(11) NOT NULL,
  `powered_seconds` int(11) NOT NULL,
  `unpowered_seconds` int(11) NOT NULL,
  `signal_dbm_min` int(11) DEFAULT NULL,
  PRIMARY KEY (`cabinet_id`,`hour_at`),
  KEY `cabinet_hour_of_day` (`cabinet_id`,`business_day`),
  KEY `cabinet_hour_to_forget` (`hour_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_hour_due` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `hour_at` datetime(6) NOT NULL,
  `due_at` datetime(6) NOT NULL,
  PRIMARY KEY (`cabinet_id`,`hour_at`),
  KEY `cabinet_hour_due_next` (`due_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_link` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `connected_at` datetime(6) DEFAULT NULL,
  `last_seen_at` datetime(6) DEFAULT NULL,
  `boot_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `boot_no` int(11) DEFAULT NULL,
  `seq` bigint(20) DEFAULT NULL,
  `clock_skew_ms` bigint(20) DEFAULT NULL,
  `firmware_version` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `config_version` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `boot_base` int(11) NOT NULL DEFAULT 0,
  `heard_credential_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`cabinet_id`),
  KEY `cabinet_link_seen` (`last_seen_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_message` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `boot_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `boot_no` int(11) NOT NULL,
  `seq` bigint(20) NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `device_at` datetime(6) NOT NULL,
  `received_at` datetime(6) NOT NULL,
  `occurred_at` datetime(6) NOT NULL,
  `dated_by` varchar(32) COLLATE ascii_bin NOT NULL,
  `business_day` date NOT NULL,
  `data` text NOT NULL,
  `sold_units` int(11) NOT NULL,
  `sold_fen` bigint(20) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `cabinet_message_once` (`cabinet_id`,`boot_id`,`seq`),
  KEY `cabinet_message_in_order` (`cabinet_id`,`boot_no`,`seq`),
  KEY `cabinet_message_of_kind` (`cabinet_id`,`kind`,`id`),
  CONSTRAINT `cabinet_message_dated_by_known` CHECK (`dated_by` in ('UPTIME','DEVICE_CLOCK','RECEIPT')),
  CONSTRAINT `cabinet_message_not_negative` CHECK (`sold_units` >= 0 and `sold_fen` >= 0),
  CONSTRAINT `cabinet_message_kind_known` CHECK (`kind` in ('BOOT','VEND','STOCK','DOOR','ALARM','SNAPSHOT','REPLY','WEIGHING'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_outage` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `began_at` datetime(6) NOT NULL,
  `ended_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`cabinet_id`,`began_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_paper` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `open_kind` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `number` varchar(60) NOT NULL,
  `authority` varchar(80) NOT NULL,
  `valid_until` date DEFAULT NULL,
  `file_no` varchar(60) NOT NULL,
  `recorded_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `recorded_at` datetime(6) NOT NULL,
  `ended_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `cabinet_paper_once` (`cabinet_id`,`open_kind`),
  CONSTRAINT `cabinet_paper_kind_known` CHECK (`kind` in ('FILING','PLACEMENT','LICENCE')),
  CONSTRAINT `cabinet_paper_open` CHECK (`open_kind` is null = (`ended_at` is not null) and (`open_kind` is null or `open_kind` = `kind`))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_reading` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `taken_at` datetime(6) NOT NULL,
  `deci_celsius` int(11) DEFAULT NULL,
  `is_door_open` tinyint(1) NOT NULL,
  `is_mains_on` tinyint(1) NOT NULL,
  `signal_dbm` int(11) DEFAULT NULL,
  PRIMARY KEY (`cabinet_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_release` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `version` varchar(40) COLLATE ascii_bin NOT NULL,
  `digest` char(64) COLLATE ascii_bin NOT NULL,
  `content` text DEFAULT NULL,
  `url` varchar(300) COLLATE ascii_bin DEFAULT NULL,
  `added_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `added_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `cabinet_release_once` (`operator_id`,`kind`,`version`),
  KEY `cabinet_release_of_operator` (`operator_id`,`id`),
  CONSTRAINT `cabinet_release_kind_known` CHECK (`kind` in ('FIRMWARE','CONFIG')),
  CONSTRAINT `cabinet_release_content` CHECK (`content` is null = (`kind` = 'FIRMWARE') and `url` is null = (`kind` = 'CONFIG'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_rollout` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `release_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `open_operator_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `stage` int(11) NOT NULL,
  `stage_count` int(11) NOT NULL,
  `stage_began_at` datetime(6) NOT NULL,
  `wait_hours` int(11) DEFAULT NULL,
  `faulty_max` int(11) NOT NULL,
  `faulty_count` int(11) NOT NULL,
  `faulty_accepted` int(11) NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `content_hash` char(64) COLLATE ascii_bin NOT NULL,
  `reason` varchar(200) NOT NULL,
  `started_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `started_at` datetime(6) NOT NULL,
  `ended_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `cabinet_rollout_once` (`operator_id`,`idempotency_key`),
  UNIQUE KEY `cabinet_rollout_open_once` (`open_operator_id`,`kind`),
  KEY `cabinet_rollout_of_operator` (`operator_id`,`id`),
  CONSTRAINT `cabinet_rollout_kind_known` CHECK (`kind` in ('FIRMWARE','CONFIG')),
  CONSTRAINT `cabinet_rollout_state_known` CHECK (`state` in ('RUNNING','HALTED','ROLLING_BACK','DONE','ROLLED_BACK','ENDED')),
  CONSTRAINT `cabinet_rollout_open` CHECK (`open_operator_id` is null = `state` in ('DONE','ROLLED_BACK','ENDED') and `ended_at` is null = (`open_operator_id` is not null)),
  CONSTRAINT `cabinet_rollout_stages` CHECK (`stage` >= 1 and `stage` <= `stage_count`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_rollout_target` (
  `rollout_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `stage` int(11) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `former_version` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `command_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `told_count` int(11) NOT NULL,
  `told_at` datetime(6) DEFAULT NULL,
  `settled_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`rollout_id`,`cabinet_id`),
  KEY `cabinet_rollout_target_in_stage` (`rollout_id`,`state`,`stage`),
  CONSTRAINT `cabinet_rollout_target_state_known` CHECK (`state` in ('AHEAD','TOLD','DONE','FAILED','LEFT','REVERTING','REVERTED')),
  CONSTRAINT `cabinet_rollout_target_settled` CHECK (`settled_at` is null = `state` in ('AHEAD','TOLD','REVERTING'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_setting` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `temperature_band` varchar(32) COLLATE ascii_bin NOT NULL,
  `changed_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `changed_at` datetime(6) NOT NULL,
  `firmware_version` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `config_version` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `thermometer_ignored_until` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`cabinet_id`),
  CONSTRAINT `cabinet_setting_band_known` CHECK (`temperature_band` in ('CHILLED','PEACHES','AMBIENT'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_slot` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `code` varchar(8) COLLATE ascii_bin NOT NULL,
  `position` int(11) NOT NULL,
  `capacity` int(11) NOT NULL,
  `max_item_g` int(11) NOT NULL,
  `inner_l` int(11) DEFAULT NULL,
  PRIMARY KEY (`cabinet_id`,`code`),
  CONSTRAINT `cabinet_slot_holds` CHECK (`capacity` > 0 and `max_item_g` > 0),
  CONSTRAINT `cabinet_slot_inner` CHECK (`inner_l` is null or `inner_l` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_snapshot` (
  `message_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `boot_no` int(11) NOT NULL,
  `seq` bigint(20) NOT NULL,
  `taken_at` datetime(6) NOT NULL,
  `received_at` datetime(6) NOT NULL,
  `told_units` bigint(20) NOT NULL,
  `told_fen` bigint(20) NOT NULL,
  `known_units` bigint(20) DEFAULT NULL,
  `known_fen` bigint(20) DEFAULT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `boot_base` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`message_id`),
  KEY `cabinet_snapshot_to_compare` (`state`,`received_at`),
  KEY `cabinet_snapshot_of_cabinet` (`cabinet_id`,`boot_no`,`seq`),
  CONSTRAINT `cabinet_snapshot_state_known` CHECK (`state` in ('WAITING','AGREES','DIFFERS')),
  CONSTRAINT `cabinet_snapshot_compared` CHECK (`state` = 'WAITING' or `known_units` is not null and `known_fen` is not null)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_telemetry` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `taken_at` datetime(6) NOT NULL,
  `boot_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `seq` bigint(20) NOT NULL,
  `deci_celsius` int(11) DEFAULT NULL,
  `is_in_band` tinyint(1) DEFAULT NULL,
  `is_door_open` tinyint(1) DEFAULT NULL,
  `is_mains_on` tinyint(1) DEFAULT NULL,
  `signal_dbm` int(11) DEFAULT NULL,
  PRIMARY KEY (`cabinet_id`,`taken_at`,`boot_id`,`seq`),
  KEY `cabinet_telemetry_to_forget` (`taken_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cabinet_wire` (
  `id` int(11) NOT NULL,
  `up_at` datetime(6) NOT NULL,
  `up_since` datetime(6) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `calendar_day` (
  `day` date NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `name` varchar(60) NOT NULL,
  PRIMARY KEY (`day`),
  CONSTRAINT `calendar_day_kind_known` CHECK (`kind` in ('HOLIDAY','WORKING'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `campaign` (
  `code` varchar(40) COLLATE ascii_bin NOT NULL,
  `name` varchar(80) NOT NULL,
  `starts_on` date NOT NULL,
  `ends_on` date NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  PRIMARY KEY (`code`),
  CONSTRAINT `campaign_days_in_order` CHECK (`ends_on` >= `starts_on`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cart_line` (
  `buyer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `quantity` int(11) NOT NULL,
  `added_at` datetime(6) NOT NULL,
  `unit_price_fen` bigint(20) DEFAULT NULL,
  `best_before_on` date DEFAULT NULL,
  `changed_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`buyer_id`,`variant_id`,`channel_point_id`),
  CONSTRAINT `cart_line_quantity_positive` CHECK (`quantity` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `category` (
  `code` varchar(32) COLLATE ascii_bin NOT NULL,
  `name_zh` varchar(40) NOT NULL,
  `name_en` varchar(60) NOT NULL,
  `position` int(11) NOT NULL,
  PRIMARY KEY (`code`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `certification` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `scheme` varchar(32) COLLATE ascii_bin NOT NULL,
  `catalogue_no` varchar(60) COLLATE ascii_bin NOT NULL,
  `batch_no` int(11) NOT NULL,
  `linked_person_count` int(11) NOT NULL,
  `commodity_value_fen` bigint(20) NOT NULL,
  `valid_from` datetime(6) NOT NULL,
  `valid_to` datetime(6) NOT NULL,
  `revoked_at` datetime(6) DEFAULT NULL,
  `term_ends_at` datetime(6) DEFAULT NULL,
  `reminded_days` int(11) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `certification_catalogue_no` (`scheme`,`catalogue_no`),
  KEY `certification_of_product` (`product_id`,`valid_from`),
  KEY `certification_by_end` (`valid_to`),
  CONSTRAINT `certification_period` CHECK (`valid_to` > `valid_from`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `certification_application` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `scheme_code` varchar(32) COLLATE ascii_bin NOT NULL,
  `created_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `submitted_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `content` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`content`)),
  `revision` int(11) NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `place_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `chain` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`chain`)),
  `step_no` int(11) NOT NULL,
  `desk` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `waiting_since` datetime(6) DEFAULT NULL,
  `linked` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`linked`)),
  `linked_person_count` int(11) NOT NULL,
  `commodity_value_fen` bigint(20) NOT NULL,
  `files` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`files`)),
  `open_key` varchar(80) COLLATE ascii_bin DEFAULT NULL,
  `notice_from` datetime(6) DEFAULT NULL,
  `notice_to` datetime(6) DEFAULT NULL,
  `certification_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  `submitted_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `certification_application_once` (`merchant_id`,`idempotency_key`),
  UNIQUE KEY `certification_application_open` (`open_key`),
  UNIQUE KEY `certification_application_entry` (`certification_id`),
  KEY `certification_application_of` (`merchant_id`,`id`),
  KEY `certification_application_desk` (`desk`,`id`),
  KEY `certification_application_notice` (`state`,`notice_to`),
  CONSTRAINT `certification_application_state_known` CHECK (`state` in ('DRAFT','IN_REVIEW','ON_NOTICE','RETURNED','CONFIRMED','LISTED','REFUSED','WITHDRAWN'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `certification_batch` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `scheme_code` varchar(32) COLLATE ascii_bin NOT NULL,
  `batch_no` int(11) NOT NULL,
  `desk` varchar(40) COLLATE ascii_bin NOT NULL,
  `application_digest` binary(32) NOT NULL,
  `entry_count` int(11) NOT NULL,
  `valid_from` datetime(6) NOT NULL,
  `issued_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `issued_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `certification_batch_no` (`scheme_code`,`batch_no`),
  UNIQUE KEY `certification_batch_once` (`issued_by`,`idempotency_key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `certification_objection` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `application_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `revision` int(11) NOT NULL,
  `digest` binary(32) NOT NULL,
  `body` varchar(500) NOT NULL,
  `contact_name` varchar(60) NOT NULL,
  `contact_phone` varchar(20) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `decided_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `decided_at` datetime(6) DEFAULT NULL,
  `reason` varchar(500) NOT NULL,
  `created_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `certification_objection_once` (`application_id`,`digest`),
  KEY `certification_objection_decided` (`decided_at`),
  CONSTRAINT `certification_objection_state_known` CHECK (`state` in ('OPEN','UPHELD','DISMISSED','VOID'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `certification_recheck` (
  `certification_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `due_at` datetime(6) NOT NULL,
  `carried_to` datetime(6) NOT NULL,
  `linked_household_count` int(11) NOT NULL,
  `reason` varchar(500) NOT NULL,
  `checked_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `checked_at` datetime(6) NOT NULL,
  PRIMARY KEY (`certification_id`,`due_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `certification_revocation` (
  `certification_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `wrong_since_on` date NOT NULL,
  `reason` varchar(500) NOT NULL,
  `revoked_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `revoked_at` datetime(6) NOT NULL,
  PRIMARY KEY (`certification_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `certification_scheme` (
  `code` varchar(32) COLLATE ascii_bin NOT NULL,
  `name_zh` varchar(80) NOT NULL,
  `name_en` varchar(80) NOT NULL,
  `number_prefix` varchar(8) COLLATE ascii_bin NOT NULL,
  `chain` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`chain`)),
  `commodity_value_min_fen` bigint(20) NOT NULL,
  `household_min` int(11) NOT NULL,
  `valid_months` int(11) NOT NULL,
  `recheck_months` int(11) NOT NULL,
  `is_open` tinyint(1) NOT NULL,
  PRIMARY KEY (`code`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `certification_step` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `application_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `revision` int(11) NOT NULL,
  `step_no` int(11) NOT NULL,
  `office` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `act` varchar(32) COLLATE ascii_bin NOT NULL,
  `actor_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `reason` varchar(500) NOT NULL,
  `fields` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`fields`)),
  `at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `certification_step_of` (`application_id`,`id`),
  CONSTRAINT `certification_step_act_known` CHECK (`act` in ('SUBMITTED','PASSED','RETURNED','REFUSED','WITHDRAWN','NOTICE_BEGUN','NOTICE_ENDED','OBJECTION_UPHELD','OBJECTION_DISMISSED','LISTED')),
  CONSTRAINT `certification_step_office_known` CHECK (`office` in ('TOWNSHIP','SECTOR','COUNTY','CITY','PROVINCE','NATION'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `channel_listing` (
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `position` int(11) NOT NULL,
  PRIMARY KEY (`channel_point_id`,`product_id`),
  KEY `channel_listing_of_product` (`product_id`,`channel_point_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `channel_point` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `name` varchar(120) NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `township_code` varchar(12) COLLATE ascii_bin DEFAULT NULL,
  `address` varchar(200) NOT NULL,
  `longitude` decimal(9,6) DEFAULT NULL,
  `latitude` decimal(9,6) DEFAULT NULL,
  `owner_kind` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `host_kind` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `cabinet_kind` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `host_name` varchar(120) DEFAULT NULL,
  `introduction` varchar(500) DEFAULT NULL,
  `opening_hours` varchar(60) DEFAULT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `opened_on` date DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `revision` int(11) NOT NULL DEFAULT 0,
  `held_by` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `document_no` varchar(60) NOT NULL DEFAULT '',
  `proposed_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `proposal_key` varchar(80) COLLATE ascii_bin DEFAULT NULL,
  `contract_series_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `contracted_from` date DEFAULT NULL,
  `contracted_to` date DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `channel_point_proposed_once` (`proposed_by`,`proposal_key`),
  KEY `channel_point_list` (`kind`,`state`,`county_code`,`id`),
  KEY `channel_point_near` (`state`,`latitude`,`longitude`),
  KEY `channel_point_of_operator` (`operator_id`,`id`),
  KEY `channel_point_of_contract` (`contract_series_id`,`id`),
  CONSTRAINT `channel_point_kind_known` CHECK (`kind` in ('PAVILION','ZONE','COUNTER')),
  CONSTRAINT `channel_point_state_known` CHECK (`state` in ('PROPOSED','SITE_AGREED','APPROVED','BUILT','INSPECTED','OPEN','SUSPENDED','CLOSED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `channel_point_step` (
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `number` int(11) NOT NULL,
  `act` varchar(32) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `side` varchar(32) COLLATE ascii_bin NOT NULL,
  `actor_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `reason` varchar(500) NOT NULL,
  `file_ids` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`file_ids`)),
  `content` longtext COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`content`)),
  `effective_on` date NOT NULL,
  `at` datetime(6) NOT NULL,
  PRIMARY KEY (`channel_point_id`,`number`),
  KEY `channel_point_step_on` (`effective_on`,`channel_point_id`),
  CONSTRAINT `channel_point_step_act_known` CHECK (`act` in ('RECORDED','PROPOSED','AMENDED','SITE_AGREED','APPROVED','RETURNED','ENTRUSTED','BUILT','INSPECTED','OPENED','SUSPENDED','CLOSED')),
  CONSTRAINT `channel_point_step_state_known` CHECK (`state` in ('PROPOSED','SITE_AGREED','APPROVED','BUILT','INSPECTED','OPEN','SUSPENDED','CLOSED')),
  CONSTRAINT `channel_point_step_side_known` CHECK (`side` in ('BOOK','OPERATOR','OFFICE'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `claim` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `claimant_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `claimant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `content` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`content`)),
  `revision` int(11) NOT NULL,
  `total_fen` bigint(20) NOT NULL,
  `line_count` int(11) NOT NULL,
  `buyer_name` varchar(80) NOT NULL,
  `buyer_key` varchar(40) COLLATE ascii_bin NOT NULL,
  `created_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  `submitted_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `submitted_at` datetime(6) DEFAULT NULL,
  `decided_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `claim_once` (`created_by`,`idempotency_key`),
  KEY `claim_of_claimant` (`claimant_id`,`id`),
  KEY `claim_waiting` (`state`,`submitted_at`,`id`),
  CONSTRAINT `claim_claimant_known` CHECK (`claimant_kind` in ('MERCHANT','DIVISION')),
  CONSTRAINT `claim_state_known` CHECK (`state` in ('DRAFT','SUBMITTED','RETURNED','APPROVED','REJECTED','REVERSED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `claim_evidence` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `claim_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `position` int(11) NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `invoice_no` varchar(20) COLLATE ascii_bin NOT NULL,
  `file_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`id`),
  KEY `claim_evidence_of_claim` (`claim_id`,`position`),
  KEY `claim_evidence_of_file` (`file_id`),
  CONSTRAINT `claim_evidence_kind_known` CHECK (`kind` in ('E_INVOICE','CONTRACT','BANK_SLIP','PHOTO','OTHER'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `claim_line` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `claim_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `position` int(11) NOT NULL,
  `sold_on` date NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `quantity` int(11) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `product_name` varchar(80) NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `seller_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `origin_village_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `channel_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `buyer_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `certification_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `linkage_agreement_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`id`),
  KEY `claim_line_of_claim` (`claim_id`,`position`),
  KEY `claim_line_sold` (`sold_on`,`claim_id`),
  CONSTRAINT `claim_line_within` CHECK (`amount_fen` > 0 and `quantity` > 0 and `weight_g` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `claim_step` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `claim_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `act` varchar(32) COLLATE ascii_bin NOT NULL,
  `actor_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `reason` varchar(500) NOT NULL,
  `fields` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`fields`)),
  `at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `claim_step_of_claim` (`claim_id`,`id`),
  CONSTRAINT `claim_step_act_known` CHECK (`act` in ('SUBMITTED','RETURNED','APPROVED','REJECTED','REVERSED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `contribution_rule` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `version` int(11) DEFAULT NULL,
  `scope_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `channel_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `bps` int(11) NOT NULL,
  `effective_from` datetime(6) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `created_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `idempotency_key` varchar(64) COLLATE ascii_bin DEFAULT NULL,
  `approval_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `contribution_rule_version_of_scope` (`scope_key`,`version`),
  UNIQUE KEY `contribution_rule_drafted_once` (`idempotency_key`),
  KEY `contribution_rule_in_force` (`scope_key`,`state`,`effective_from`),
  CONSTRAINT `contribution_rule_state_known` CHECK (`state` in ('DRAFT','PROPOSED','PUBLISHED','REJECTED','WITHDRAWN')),
  CONSTRAINT `contribution_rule_versions_are_published` CHECK (`state` = 'PUBLISHED' = (`version` is not null)),
  CONSTRAINT `contribution_rule_is_a_part` CHECK (`bps` between 0 and 10000)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `counter_day` (
  `counter_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `day` date NOT NULL,
  `revision` int(11) NOT NULL,
  `batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `reported_at` datetime(6) NOT NULL,
  `operating_minutes` int(11) NOT NULL,
  `offline_minutes` int(11) NOT NULL,
  `slot_minutes` int(11) NOT NULL,
  `empty_slot_minutes` int(11) NOT NULL,
  `vend_count` int(11) NOT NULL,
  `failed_vend_count` int(11) NOT NULL,
  `dispute_count` int(11) NOT NULL,
  `expected_units` int(11) NOT NULL,
  `counted_units` int(11) NOT NULL,
  `powered_minutes` int(11) NOT NULL,
  `in_band_minutes` int(11) NOT NULL,
  `locked_units` int(11) NOT NULL,
  PRIMARY KEY (`counter_id`,`day`),
  KEY `counter_day_by_day` (`day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `coupon` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `promotion_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `holder_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `claim_no` int(11) NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `claimed_at` datetime(6) NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `used_fen` bigint(20) NOT NULL,
  `returned_fen` bigint(20) NOT NULL,
  `used_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `coupon_claim_once` (`promotion_id`,`holder_id`,`claim_no`),
  UNIQUE KEY `coupon_idempotency` (`holder_id`,`idempotency_key`),
  KEY `coupon_of_order` (`order_id`),
  KEY `coupon_by_state` (`promotion_id`,`state`),
  CONSTRAINT `coupon_state_known` CHECK (`state` in ('CLAIMED','USED','EXPIRED')),
  CONSTRAINT `coupon_used` CHECK (`state` = 'USED' = (`order_id` is not null)),
  CONSTRAINT `coupon_amounts` CHECK (`used_fen` >= 0 and `returned_fen` >= 0 and `returned_fen` <= `used_fen`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `coupon_return` (
  `refund_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `coupon_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `at` datetime(6) NOT NULL,
  PRIMARY KEY (`refund_id`,`coupon_id`),
  CONSTRAINT `coupon_return_positive` CHECK (`amount_fen` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `credit_term` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `unit_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `version` int(11) NOT NULL,
  `limit_fen` bigint(20) NOT NULL,
  `days_to_pay` int(11) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `approval_request_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `proposed_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `proposed_at` datetime(6) NOT NULL,
  `decided_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `credit_term_version` (`unit_id`,`version`),
  CONSTRAINT `credit_term_state_known` CHECK (`state` in ('PROPOSED','IN_FORCE','REJECTED','WITHDRAWN')),
  CONSTRAINT `credit_term_limit` CHECK (`limit_fen` >= 0),
  CONSTRAINT `credit_term_days` CHECK (`days_to_pay` > 0),
  CONSTRAINT `credit_term_decided` CHECK (`state` = 'PROPOSED' = (`decided_at` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `credit_use` (
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `unit_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `credit_term_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `open_fen` bigint(20) NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  PRIMARY KEY (`order_id`),
  KEY `credit_use_of_unit` (`unit_id`,`open_fen`),
  CONSTRAINT `credit_use_open` CHECK (`open_fen` >= 0 and `open_fen` <= `amount_fen`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `customer_order` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `buyer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `request_hash` binary(32) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `goods_fen` bigint(20) NOT NULL,
  `freight_fen` bigint(20) NOT NULL,
  `total_fen` bigint(20) NOT NULL,
  `recipient_name` varchar(60) NOT NULL,
  `recipient_phone` varchar(20) COLLATE ascii_bin NOT NULL,
  `recipient_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `recipient_address` varchar(200) NOT NULL,
  `placed_at` datetime(6) NOT NULL,
  `expires_at` datetime(6) NOT NULL,
  `paid_at` datetime(6) DEFAULT NULL,
  `cancelled_at` datetime(6) DEFAULT NULL,
  `cancel_reason` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `unit_id` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  `campaign_code` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  `payment_term` varchar(32) COLLATE ascii_bin NOT NULL DEFAULT 'PREPAID',
  `days_to_pay` int(11) DEFAULT NULL,
  `signed_at` datetime(6) DEFAULT NULL,
  `signed_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `subsidy_fen` bigint(20) NOT NULL DEFAULT 0,
  `deposit_fen` bigint(20) NOT NULL DEFAULT 0,
  `deposit_paid_at` datetime(6) DEFAULT NULL,
  `balance_due_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `customer_order_idempotency` (`buyer_id`,`idempotency_key`),
  KEY `customer_order_of_buyer` (`buyer_id`,`placed_at`,`id`),
  KEY `customer_order_to_expire` (`state`,`expires_at`),
  KEY `customer_order_to_sign` (`unit_id`,`state`,`expires_at`,`id`),
  KEY `customer_order_of_unit` (`unit_id`,`id`),
  CONSTRAINT `customer_order_state_known` CHECK (`state` in ('PLACED','SIGNED','PAID','CANCELLED')),
  CONSTRAINT `customer_order_term_known` CHECK (`payment_term` in ('PREPAID','ON_ACCOUNT')),
  CONSTRAINT `customer_order_term_of_unit` CHECK (`payment_term` = 'PREPAID' or `unit_id` <> '' and `days_to_pay` is not null),
  CONSTRAINT `customer_order_total` CHECK (`goods_fen` >= 0 and `freight_fen` >= 0 and `subsidy_fen` >= 0 and `subsidy_fen` <= `goods_fen` and `total_fen` = `goods_fen` - `subsidy_fen` + `freight_fen`),
  CONSTRAINT `customer_order_deposit` CHECK (`deposit_fen` >= 0 and (`deposit_fen` = 0 or `deposit_fen` < `total_fen`) and `deposit_fen` > 0 = (`balance_due_at` is not null) and (`deposit_fen` > 0 or `deposit_paid_at` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `delay_notice` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cause` varchar(32) COLLATE ascii_bin NOT NULL,
  `reason` varchar(200) NOT NULL,
  `promised_on` date NOT NULL,
  `proposed_on` date NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `opened_at` datetime(6) NOT NULL,
  `answer_due_at` datetime(6) NOT NULL,
  `answered_by` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `closed_at` datetime(6) DEFAULT NULL,
  `merchant_order_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `delay_notice_of_order` (`order_id`,`id`),
  KEY `delay_notice_due` (`state`,`answer_due_at`),
  KEY `delay_notice_of_part` (`merchant_order_id`,`id`),
  CONSTRAINT `delay_notice_cause_known` CHECK (`cause` in ('MERCHANT','OVERDUE')),
  CONSTRAINT `delay_notice_state_known` CHECK (`state` in ('OPEN','KEPT','REFUNDED','MOOT')),
  CONSTRAINT `delay_notice_answer_known` CHECK (`answered_by` in ('BUYER','SILENCE')),
  CONSTRAINT `delay_notice_later` CHECK (`proposed_on` > `promised_on`),
  CONSTRAINT `delay_notice_closed` CHECK (`state` = 'OPEN' = (`closed_at` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `demand_notice` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `unit_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind_code` varchar(32) COLLATE ascii_bin NOT NULL,
  `weight_kg` int(11) NOT NULL,
  `from_on` date NOT NULL,
  `to_on` date NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `note` varchar(200) NOT NULL,
  `published_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `published_at` datetime(6) NOT NULL,
  `withdrawn_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `demand_notice_once` (`unit_id`,`idempotency_key`),
  KEY `demand_notice_of_unit` (`unit_id`,`id`),
  KEY `demand_notice_of_kind` (`kind_code`,`to_on`),
  CONSTRAINT `demand_notice_sane` CHECK (`weight_kg` > 0 and `to_on` >= `from_on`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `dispatch_reminder` (
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `day` date NOT NULL,
  `late` int(11) NOT NULL,
  `due_today` int(11) NOT NULL,
  `due_tomorrow` int(11) NOT NULL,
  `reminded_at` datetime(6) NOT NULL,
  PRIMARY KEY (`merchant_id`,`day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `dispatch_term` (
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `days` int(11) NOT NULL,
  `set_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `set_at` datetime(6) NOT NULL,
  PRIMARY KEY (`merchant_id`),
  CONSTRAINT `dispatch_term_days` CHECK (`days` >= 1 and `days` <= 15)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `division` (
  `code` varchar(12) COLLATE ascii_bin NOT NULL,
  `parent_code` varchar(12) COLLATE ascii_bin DEFAULT NULL,
  `level` varchar(32) COLLATE ascii_bin NOT NULL,
  `name` varchar(60) NOT NULL,
  `is_designated` tinyint(1) NOT NULL DEFAULT 0,
  `longitude` decimal(9,6) DEFAULT NULL,
  `latitude` decimal(9,6) DEFAULT NULL,
  `valid_from` date DEFAULT NULL,
  `valid_to` date DEFAULT NULL,
  `replaced_by` varchar(12) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`code`),
  KEY `division_children` (`parent_code`,`code`),
  CONSTRAINT `division_level_known` CHECK (`level` in ('PROVINCE','CITY','COUNTY','TOWNSHIP','VILLAGE'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `door_dispute` (
  `opening_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `said` varchar(400) NOT NULL,
  `opened_at` datetime(6) NOT NULL,
  `due_at` datetime(6) DEFAULT NULL,
  `answered_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `answered_at` datetime(6) DEFAULT NULL,
  `note` varchar(200) NOT NULL,
  PRIMARY KEY (`opening_id`),
  KEY `door_dispute_due` (`due_at`),
  CONSTRAINT `door_dispute_state_known` CHECK (`state` in ('OPEN','AT_PLATFORM','REJECTED','GRANTED','PAID')),
  CONSTRAINT `door_dispute_waits` CHECK (`state` in ('OPEN','AT_PLATFORM') = (`due_at` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `door_opening` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `buyer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `active_cabinet_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `active_buyer_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `hold_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `held_fen` bigint(20) NOT NULL,
  `command_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `started_at` datetime(6) NOT NULL,
  `asked_at` datetime(6) DEFAULT NULL,
  `opened_at` datetime(6) DEFAULT NULL,
  `closed_at` datetime(6) DEFAULT NULL,
  `message_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `review_reason` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `order_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `billed_fen` bigint(20) DEFAULT NULL,
  `billed_at` datetime(6) DEFAULT NULL,
  `check_at` datetime(6) DEFAULT NULL,
  `decided_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `decided_note` varchar(200) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `door_opening_once` (`buyer_id`,`idempotency_key`),
  UNIQUE KEY `door_opening_command` (`command_id`),
  UNIQUE KEY `door_opening_hold` (`hold_id`),
  UNIQUE KEY `door_opening_of_cabinet_now` (`active_cabinet_id`),
  UNIQUE KEY `door_opening_of_buyer_now` (`active_buyer_id`),
  UNIQUE KEY `door_opening_order` (`order_id`),
  KEY `door_opening_to_check` (`check_at`),
  KEY `door_opening_of_buyer` (`buyer_id`,`state`),
  KEY `door_opening_of_operator` (`operator_id`,`id`),
  KEY `door_opening_of_county` (`county_code`,`id`),
  KEY `door_opening_asked` (`cabinet_id`,`asked_at`),
  CONSTRAINT `door_opening_state_known` CHECK (`state` in ('AWAITING_HOLD','READY','OPENING','OPEN','BILLING','REVIEW','BILLED','DEBT','PAID','NOTHING_TAKEN','NOT_OPENED','WAIVED')),
  CONSTRAINT `door_opening_reason_known` CHECK (`review_reason` in ('WEIGHTS','NO_WORD','LATE_WORD','NOT_SOLD')),
  CONSTRAINT `door_opening_billed` CHECK (`order_id` is null = (`billed_at` is null) and `order_id` is null = (`billed_fen` is null)),
  CONSTRAINT `door_opening_weighed` CHECK (`closed_at` is null = (`message_id` is null)),
  CONSTRAINT `door_opening_decided` CHECK (`decided_by` is null = (`decided_note` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `door_opening_good` (
  `opening_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `slot_code` varchar(8) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `price_fen` bigint(20) NOT NULL,
  `unit_g` int(11) NOT NULL,
  `tolerance_g` int(11) NOT NULL,
  PRIMARY KEY (`opening_id`,`slot_code`,`variant_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `door_opening_item` (
  `opening_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `slot_code` varchar(8) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `quantity` int(11) NOT NULL,
  `price_fen` bigint(20) NOT NULL,
  PRIMARY KEY (`opening_id`,`slot_code`,`variant_id`),
  CONSTRAINT `door_opening_item_positive` CHECK (`quantity` > 0 and `price_fen` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `door_opening_tray` (
  `opening_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `slot_code` varchar(8) COLLATE ascii_bin NOT NULL,
  `before_g` int(11) NOT NULL,
  `after_g` int(11) NOT NULL,
  `is_settled` tinyint(1) NOT NULL,
  `doubt` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`opening_id`,`slot_code`),
  CONSTRAINT `door_opening_tray_doubt_known` CHECK (`doubt` in ('UNSETTLED','DRIFTING','UNPLANNED','NO_MATCH','SEVERAL','ADDED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `freight_template` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `version` int(11) NOT NULL,
  `free_from_fen` bigint(20) DEFAULT NULL,
  `set_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `set_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `freight_template_version` (`merchant_id`,`version`),
  CONSTRAINT `freight_template_version_positive` CHECK (`version` > 0),
  CONSTRAINT `freight_template_free_from` CHECK (`free_from_fen` is null or `free_from_fen` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `freight_zone` (
  `template_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `zone_no` int(11) NOT NULL,
  `province_codes` varchar(300) NOT NULL,
  `is_served` tinyint(1) NOT NULL,
  `first_weight_g` int(11) NOT NULL,
  `first_fen` bigint(20) NOT NULL,
  `additional_weight_g` int(11) NOT NULL,
  `additional_fen` bigint(20) NOT NULL,
  PRIMARY KEY (`template_id`,`zone_no`),
  CONSTRAINT `freight_zone_fees` CHECK (`first_fen` >= 0 and `additional_fen` >= 0),
  CONSTRAINT `freight_zone_weights` CHECK (`first_weight_g` > 0 and `additional_weight_g` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `fulfillment` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `carrier` varchar(40) DEFAULT NULL,
  `tracking_no` varchar(60) COLLATE ascii_bin DEFAULT NULL,
  `shipped_at` datetime(6) NOT NULL,
  `received_at` datetime(6) DEFAULT NULL,
  `replaces_ref` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `received_by` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `auto_receipt_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `fulfillment_replaces` (`replaces_ref`),
  KEY `fulfillment_of_merchant_order` (`merchant_order_id`),
  KEY `fulfillment_auto_receipt` (`received_at`,`auto_receipt_at`),
  CONSTRAINT `fulfillment_carrier_has_number` CHECK (`carrier` is null = (`tracking_no` is null)),
  CONSTRAINT `fulfillment_received_by_known` CHECK (`received_by` in ('BUYER','AUTO'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `fulfillment_line` (
  `fulfillment_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `quantity` int(11) NOT NULL,
  PRIMARY KEY (`fulfillment_id`,`order_line_id`),
  CONSTRAINT `fulfillment_line_quantity_positive` CHECK (`quantity` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `goods_kind` (
  `code` varchar(32) COLLATE ascii_bin NOT NULL,
  `category_code` varchar(32) COLLATE ascii_bin NOT NULL,
  `keeper_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `name_zh` varchar(40) NOT NULL,
  `name_en` varchar(60) NOT NULL,
  `position` int(11) NOT NULL,
  PRIMARY KEY (`code`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `goods_measurement` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `measured_deci_celsius` int(11) NOT NULL,
  `photo_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `reason` varchar(200) NOT NULL,
  `measured_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `measured_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `goods_measurement_of_cabinet` (`cabinet_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `harvest_batch` (
  `batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind_code` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `village_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `harvested_from` date NOT NULL,
  `harvested_until` date NOT NULL,
  `daily_g` bigint(20) DEFAULT NULL,
  `weight_g` bigint(20) NOT NULL,
  `granted_g` bigint(20) NOT NULL,
  `review_state` varchar(32) COLLATE ascii_bin NOT NULL,
  `review_reason` varchar(200) NOT NULL,
  `reviewed_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `reviewed_at` datetime(6) DEFAULT NULL,
  `registered_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `content_hash` varchar(64) COLLATE ascii_bin NOT NULL,
  `registered_at` datetime(6) NOT NULL,
  `closed_at` datetime(6) DEFAULT NULL,
  `presale_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `presold_g` bigint(20) NOT NULL,
  PRIMARY KEY (`batch_id`),
  UNIQUE KEY `harvest_batch_once` (`registered_by`,`idempotency_key`),
  KEY `harvest_batch_queue` (`review_state`,`batch_id`),
  KEY `harvest_batch_granted` (`village_code`,`kind_code`,`harvested_from`,`granted_g`),
  CONSTRAINT `harvest_batch_days` CHECK (`harvested_until` >= `harvested_from`),
  CONSTRAINT `harvest_batch_review_known` CHECK (`review_state` in ('NONE','WAITING','RELEASED','REFUSED')),
  CONSTRAINT `harvest_batch_weight` CHECK (`weight_g` >= 0 and `granted_g` >= 0 and `granted_g` <= `weight_g` and `presold_g` >= 0 and `presold_g` <= `weight_g`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `harvest_capacity` (
  `village_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `kind_code` varchar(32) COLLATE ascii_bin NOT NULL,
  `season_from` date NOT NULL,
  `season_to` date NOT NULL,
  `capacity_g` bigint(20) NOT NULL,
  `set_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `set_at` datetime(6) NOT NULL,
  PRIMARY KEY (`village_code`,`kind_code`,`season_from`),
  CONSTRAINT `harvest_capacity_within` CHECK (`capacity_g` > 0 and `season_to` >= `season_from`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `harvest_window` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `village_code` varchar(12) COLLATE ascii_bin DEFAULT NULL,
  `opens_on` date NOT NULL,
  `closes_on` date NOT NULL,
  PRIMARY KEY (`id`),
  KEY `harvest_window_of_product` (`product_id`,`closes_on`),
  CONSTRAINT `harvest_window_in_order` CHECK (`closes_on` >= `opens_on`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `household` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `head_name` varchar(60) NOT NULL,
  `village_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `registered_on` date NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `registered_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `idempotency_key` varchar(64) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `household_once` (`registered_by`,`idempotency_key`),
  KEY `household_of_village` (`village_code`,`id`),
  CONSTRAINT `household_kind_known` CHECK (`kind` in ('REGISTERED','MONITORED','ORDINARY'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `household_introduction` (
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `household_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `introduced_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `introduced_at` datetime(6) NOT NULL,
  PRIMARY KEY (`merchant_id`,`household_id`),
  KEY `household_introduction_of` (`household_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `household_member` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `household_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `name` varchar(60) NOT NULL,
  `is_head` tinyint(1) NOT NULL,
  `birth_year` smallint(6) DEFAULT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL DEFAULT 'PRESENT',
  `left_on` date DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `household_member_of` (`household_id`),
  CONSTRAINT `household_member_state_known` CHECK (`state` in ('PRESENT','DEAD','MIGRATED')),
  CONSTRAINT `household_member_left` CHECK (`state` = 'PRESENT' = (`left_on` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `inbox` (
  `consumer` varchar(80) COLLATE ascii_bin NOT NULL,
  `event_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `queue` varchar(32) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `attempts` int(11) NOT NULL DEFAULT 0,
  `queued_at` datetime(6) NOT NULL,
  `applied_at` datetime(6) DEFAULT NULL,
  `last_error` varchar(500) DEFAULT NULL,
  PRIMARY KEY (`consumer`,`event_id`),
  KEY `inbox_to_sweep` (`state`,`queued_at`),
  CONSTRAINT `inbox_state_known` CHECK (`state` in ('WAITING','APPLIED','DEAD'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `insight_buyer` (
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `buyer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_count` int(11) NOT NULL,
  PRIMARY KEY (`merchant_id`,`buyer_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `insight_county_buyer` (
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `year` int(11) NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `buyer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`merchant_id`,`year`,`county_code`,`buyer_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `insight_county_year` (
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `year` int(11) NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `buyer_count` int(11) NOT NULL,
  PRIMARY KEY (`merchant_id`,`year`,`county_code`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `insight_month` (
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `month` date NOT NULL,
  `order_count` int(11) NOT NULL,
  `again_count` int(11) NOT NULL,
  PRIMARY KEY (`merchant_id`,`month`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `intake_batch` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `partner_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `batch_no` varchar(64) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `content_hash` binary(32) NOT NULL,
  `complete_through` date DEFAULT NULL,
  `row_count` int(11) NOT NULL,
  `late_count` int(11) NOT NULL,
  `received_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `intake_batch_once` (`partner_id`,`batch_no`),
  CONSTRAINT `intake_batch_kind_known` CHECK (`kind` in ('SALE','COUNTER_DAY'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `intake_feed` (
  `partner_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `complete_through` date DEFAULT NULL,
  `last_received_at` datetime(6) NOT NULL,
  `late_row_count` bigint(20) NOT NULL,
  PRIMARY KEY (`partner_id`,`kind`),
  CONSTRAINT `intake_feed_kind_known` CHECK (`kind` in ('SALE','COUNTER_DAY'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `intake_row` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `partner_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `row_no` int(11) NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `identity` varchar(200) COLLATE ascii_bin DEFAULT NULL,
  `content_hash` binary(32) DEFAULT NULL,
  `faults` longtext COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`faults`)),
  `order_no` varchar(64) COLLATE ascii_bin NOT NULL,
  `line_no` varchar(64) COLLATE ascii_bin NOT NULL,
  `sale_row_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `reversed_fen` bigint(20) NOT NULL,
  `quantity` int(11) NOT NULL,
  `reversed_quantity` int(11) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `paid_at` datetime(6) DEFAULT NULL,
  `effective_at` datetime(6) DEFAULT NULL,
  `payment_ref` varchar(80) COLLATE ascii_bin NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `origin_village_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `seller_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `channel_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `sale_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `consumption_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `buyer_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `certification_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `linkage_agreement_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `buyer_key` varchar(40) COLLATE ascii_bin NOT NULL,
  `address_key` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `intake_row_place` (`batch_id`,`row_no`),
  UNIQUE KEY `intake_row_once` (`partner_id`,`identity`),
  KEY `intake_row_in_state` (`batch_id`,`state`),
  KEY `intake_row_of_sale` (`sale_row_id`,`state`),
  CONSTRAINT `intake_row_kind_known` CHECK (`kind` in ('SALE','REVERSAL','COUNTER_DAY')),
  CONSTRAINT `intake_row_state_known` CHECK (`state` in ('ACCEPTED','HELD','REJECTED','REPEATED')),
  CONSTRAINT `intake_row_within` CHECK (`reversed_fen` between 0 and `amount_fen` and `reversed_quantity` between 0 and `quantity`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `integrity_correction` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `flag_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `source_order_no` varchar(64) COLLATE ascii_bin NOT NULL,
  `source_line_no` varchar(64) COLLATE ascii_bin NOT NULL,
  `fact_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `quantity` int(11) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `integrity_correction_once` (`flag_id`,`fact_id`),
  KEY `integrity_correction_of_line` (`source_order_no`,`source_line_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `integrity_flag` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `rule` varchar(32) COLLATE ascii_bin NOT NULL,
  `subject` varchar(160) COLLATE ascii_bin NOT NULL,
  `severity` varchar(32) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `numbers` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`numbers`)),
  `confirmed_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `integrity_flag_once` (`rule`,`subject`),
  KEY `integrity_flag_queue` (`state`,`id`),
  KEY `integrity_flag_of_merchant` (`merchant_id`,`id`),
  CONSTRAINT `integrity_flag_severity_known` CHECK (`severity` in ('NOTICE','SERIOUS')),
  CONSTRAINT `integrity_flag_state_known` CHECK (`state` in ('OPEN','DISMISSED','CONFIRMED','APPEALED','UPHELD','OVERTURNED')),
  CONSTRAINT `integrity_flag_rule_known` CHECK (`rule` in ('SELF_PURCHASE','RING','REFUND_AFTER_PERIOD','ADDRESS_CLUSTER','CAPACITY_EXCEEDED','DUPLICATE_SALE','DEVICE_RATE','DEVICE_OFFLINE','DEVICE_CLOCK','NIGHT_BULK'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `integrity_flag_fact` (
  `flag_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `fact_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `event_day` date NOT NULL,
  PRIMARY KEY (`flag_id`,`fact_id`),
  KEY `integrity_flag_fact_of_fact` (`fact_id`,`flag_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `integrity_flag_step` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `flag_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `act` varchar(32) COLLATE ascii_bin NOT NULL,
  `actor_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `reason` varchar(2000) NOT NULL,
  `file_ids` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`file_ids`)),
  `at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `integrity_flag_step_of_flag` (`flag_id`,`id`),
  CONSTRAINT `integrity_flag_step_act_known` CHECK (`act` in ('DISMISSED','CONFIRMED','APPEALED','UPHELD','OVERTURNED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `integrity_party` (
  `buyer_key` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`buyer_key`,`merchant_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `integrity_threshold` (
  `rule` varchar(32) COLLATE ascii_bin NOT NULL,
  `name` varchar(32) COLLATE ascii_bin NOT NULL,
  `value` bigint(20) NOT NULL,
  PRIMARY KEY (`rule`,`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `integrity_village_day` (
  `village_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `day` date NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  PRIMARY KEY (`village_code`,`product_id`,`day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `invoice` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `merchant_order_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `buyer_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `refund_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `attempt` int(11) NOT NULL,
  `original_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `title` varchar(120) NOT NULL,
  `tax_number` varchar(20) COLLATE ascii_bin NOT NULL,
  `total_fen` bigint(20) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `export_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `number` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `issued_on` date DEFAULT NULL,
  `failure_note` varchar(200) DEFAULT NULL,
  `requested_at` datetime(6) NOT NULL,
  `subject` varchar(32) COLLATE ascii_bin NOT NULL DEFAULT 'GOODS',
  `period` char(7) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `invoice_once` (`merchant_order_id`,`kind`,`refund_id`,`attempt`),
  UNIQUE KEY `invoice_number` (`number`),
  UNIQUE KEY `invoice_fee_once` (`merchant_id`,`period`,`kind`,`refund_id`,`attempt`),
  KEY `invoice_of_order` (`order_id`,`id`),
  KEY `invoice_queue` (`state`,`export_id`,`id`),
  CONSTRAINT `invoice_kind_known` CHECK (`kind` in ('BLUE','RED')),
  CONSTRAINT `invoice_state_known` CHECK (`state` in ('REQUESTED','ISSUED','RED_ISSUED','FAILED')),
  CONSTRAINT `invoice_total_positive` CHECK (`total_fen` > 0),
  CONSTRAINT `invoice_red_of_blue` CHECK (`kind` = 'RED' = (`original_id` is not null) and `kind` = 'RED' = (`refund_id` <> '')),
  CONSTRAINT `invoice_numbered` CHECK (`state` in ('ISSUED','RED_ISSUED') = (`number` is not null) and `number` is null = (`issued_on` is null)),
  CONSTRAINT `invoice_subject_known` CHECK (`subject` in ('GOODS','SERVICE_FEE')),
  CONSTRAINT `invoice_of_subject` CHECK (`subject` = 'GOODS' = (`period` is null) and `period` is null = (`order_id` is not null) and `period` is null = (`merchant_order_id` is not null) and `period` is null = (`buyer_id` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `invoice_export` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `sha256` char(64) COLLATE ascii_bin NOT NULL,
  `size_bytes` int(11) NOT NULL,
  `invoice_count` int(11) NOT NULL,
  `made_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `made_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `invoice_gate` (
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`order_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `invoice_item` (
  `invoice_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `line_no` int(11) NOT NULL,
  `order_line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `name` varchar(200) NOT NULL,
  `quantity` int(11) NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `tax_treatment` varchar(32) COLLATE ascii_bin NOT NULL DEFAULT 'UNSET',
  `tax_rate_bps` int(11) DEFAULT NULL,
  PRIMARY KEY (`invoice_id`,`line_no`),
  CONSTRAINT `invoice_item_amount_positive` CHECK (`amount_fen` > 0 and `quantity` >= 0),
  CONSTRAINT `invoice_item_tax_known` CHECK (`tax_treatment` in ('UNSET','SELF_PRODUCED_EXEMPT','STANDARD','SMALL_SCALE'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `invoice_refund` (
  `invoice_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `refund_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`invoice_id`,`refund_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `invoice_use` (
  `invoice_no` varchar(20) COLLATE ascii_bin NOT NULL,
  `subject_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `subject_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `used_at` datetime(6) NOT NULL,
  PRIMARY KEY (`invoice_no`),
  KEY `invoice_use_of_subject` (`subject_id`),
  CONSTRAINT `invoice_use_kind_known` CHECK (`subject_kind` in ('CLAIM','INTAKE_ROW'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `ledger_account` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `code` varchar(160) COLLATE ascii_bin NOT NULL,
  `type` varchar(32) COLLATE ascii_bin NOT NULL,
  `normal_side` varchar(32) COLLATE ascii_bin NOT NULL,
  `balance_mode` varchar(32) COLLATE ascii_bin NOT NULL,
  `has_floor` tinyint(1) NOT NULL,
  `debits_posted_fen` bigint(20) NOT NULL DEFAULT 0,
  `credits_posted_fen` bigint(20) NOT NULL DEFAULT 0,
  `debits_pending_fen` bigint(20) NOT NULL DEFAULT 0,
  `credits_pending_fen` bigint(20) NOT NULL DEFAULT 0,
  `version` bigint(20) NOT NULL DEFAULT 0,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `created_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `ledger_account_code` (`code`),
  CONSTRAINT `ledger_account_type_known` CHECK (`type` in ('asset','liability','equity','revenue','expense')),
  CONSTRAINT `ledger_account_side_known` CHECK (`normal_side` in ('debit','credit')),
  CONSTRAINT `ledger_account_mode_known` CHECK (`balance_mode` in ('LOCKED','DEFERRED')),
  CONSTRAINT `ledger_account_state_known` CHECK (`state` in ('OPEN','FROZEN','CLOSED')),
  CONSTRAINT `ledger_account_sums_not_negative` CHECK (`debits_posted_fen` >= 0 and `credits_posted_fen` >= 0 and `debits_pending_fen` >= 0 and `credits_pending_fen` >= 0),
  CONSTRAINT `ledger_account_floor` CHECK (`has_floor` = 0 or `normal_side` = 'credit' and `credits_posted_fen` >= `debits_posted_fen` + `debits_pending_fen` or `normal_side` = 'debit' and `debits_posted_fen` >= `credits_posted_fen` + `credits_pending_fen`),
  CONSTRAINT `ledger_account_deferred_open` CHECK (`balance_mode` = 'LOCKED' or `state` = 'OPEN'),
  CONSTRAINT `ledger_account_closed_empty` CHECK (`state` <> 'CLOSED' or `debits_posted_fen` = `credits_posted_fen` and `debits_pending_fen` = 0 and `credits_pending_fen` = 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `ledger_adjustment` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `requested_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `debit_code` varchar(160) COLLATE ascii_bin NOT NULL,
  `credit_code` varchar(160) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `reason` varchar(400) NOT NULL,
  `attachment_hash` varchar(64) COLLATE ascii_bin NOT NULL,
  `approval_request_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `journal_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `requested_at` datetime(6) NOT NULL,
  `decided_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `ledger_adjustment_idempotency` (`requested_by`,`idempotency_key`),
  CONSTRAINT `ledger_adjustment_state_known` CHECK (`state` in ('REQUESTED','POSTED','REJECTED','WITHDRAWN')),
  CONSTRAINT `ledger_adjustment_amount_positive` CHECK (`amount_fen` > 0),
  CONSTRAINT `ledger_adjustment_two_accounts` CHECK (`debit_code` <> `credit_code`),
  CONSTRAINT `ledger_adjustment_posted_by_one` CHECK (`state` = 'POSTED' = (`journal_id` is not null)),
  CONSTRAINT `ledger_adjustment_decided` CHECK (`state` = 'REQUESTED' = (`decided_at` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `ledger_day_balance` (
  `account_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `day` date NOT NULL,
  `debits_fen` bigint(20) NOT NULL,
  `credits_fen` bigint(20) NOT NULL,
  PRIMARY KEY (`account_id`,`day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `ledger_day_waiting` (
  `journal_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `day` date NOT NULL,
  PRIMARY KEY (`journal_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `ledger_gate` (
  `name` varchar(32) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `ledger_journal` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(190) COLLATE ascii_bin NOT NULL,
  `request_hash` binary(32) NOT NULL,
  `kind` varchar(48) COLLATE ascii_bin NOT NULL,
  `subject` varchar(80) COLLATE ascii_bin NOT NULL,
  `event_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `effective_at` datetime(6) NOT NULL,
  `recorded_at` datetime(6) NOT NULL DEFAULT current_timestamp(6),
  `phase` varchar(32) COLLATE ascii_bin NOT NULL DEFAULT 'POSTED',
  `pending_journal_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `reverses_journal_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `ledger_journal_idempotency` (`idempotency_key`),
  KEY `ledger_journal_of_subject` (`subject`,`recorded_at`),
  KEY `ledger_journal_by_day` (`effective_at`),
  CONSTRAINT `ledger_journal_phase_known` CHECK (`phase` in ('POSTED','PENDING','POST','VOID','EXPIRE')),
  CONSTRAINT `ledger_journal_ends_one` CHECK (`phase` in ('POST','VOID','EXPIRE') = (`pending_journal_id` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `ledger_pending` (
  `journal_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `posted_fen` bigint(20) NOT NULL DEFAULT 0,
  `expires_at` datetime(6) DEFAULT NULL,
  `resolved_by_journal_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`journal_id`),
  KEY `ledger_pending_due` (`state`,`expires_at`),
  CONSTRAINT `ledger_pending_state_known` CHECK (`state` in ('PENDING','POSTED','VOIDED','EXPIRED')),
  CONSTRAINT `ledger_pending_posted_within` CHECK (`posted_fen` between 0 and `amount_fen`),
  CONSTRAINT `ledger_pending_posted_moves` CHECK (`state` = 'POSTED' = (`posted_fen` > 0)),
  CONSTRAINT `ledger_pending_ended_by_one` CHECK (`state` = 'PENDING' = (`resolved_by_journal_id` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `ledger_reversed` (
  `journal_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `line_no` int(11) NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `reversed_fen` bigint(20) NOT NULL,
  PRIMARY KEY (`journal_id`,`line_no`),
  CONSTRAINT `ledger_reversed_within` CHECK (`reversed_fen` between 0 and `amount_fen`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `ledger_transfer` (
  `journal_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `line_no` int(11) NOT NULL,
  `debit_account_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `credit_account_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `debit_version` bigint(20) DEFAULT NULL,
  `credit_version` bigint(20) DEFAULT NULL,
  `is_pending` tinyint(1) NOT NULL DEFAULT 0,
  `reverses_line_no` int(11) DEFAULT NULL,
  PRIMARY KEY (`journal_id`,`line_no`),
  UNIQUE KEY `ledger_transfer_debit_version` (`debit_account_id`,`debit_version`),
  UNIQUE KEY `ledger_transfer_credit_version` (`credit_account_id`,`credit_version`),
  KEY `ledger_transfer_of_debit` (`debit_account_id`,`journal_id`),
  KEY `ledger_transfer_of_credit` (`credit_account_id`,`journal_id`),
  CONSTRAINT `ledger_transfer_amount_positive` CHECK (`amount_fen` > 0),
  CONSTRAINT `ledger_transfer_two_accounts` CHECK (`debit_account_id` <> `credit_account_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `linkage_agreement` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `starts_on` date NOT NULL,
  `ends_before` date DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `signed_at` datetime(6) DEFAULT NULL,
  `revision` int(11) NOT NULL DEFAULT 0,
  `idempotency_key` varchar(64) COLLATE ascii_bin DEFAULT NULL,
  `ended_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `linkage_agreement_once` (`merchant_id`,`idempotency_key`),
  KEY `linkage_agreement_of_merchant` (`merchant_id`,`id`),
  KEY `linkage_agreement_ending` (`ended_at`,`ends_before`),
  CONSTRAINT `linkage_agreement_kind_known` CHECK (`kind` in ('PURCHASE_ORDER','CONTRACT_FARMING','EMPLOYMENT','LAND_RENT','EQUITY_DIVIDEND','ENTRUSTED','ASSET_INCOME','PATRONAGE_REFUND','SERVICE'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `linkage_confirmation` (
  `payment_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `token_hash` char(64) COLLATE ascii_bin NOT NULL,
  `issued_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `issued_at` datetime(6) NOT NULL,
  `expires_at` datetime(6) NOT NULL,
  `answer` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `answered_at` datetime(6) DEFAULT NULL,
  `reason` varchar(200) NOT NULL,
  PRIMARY KEY (`payment_id`),
  UNIQUE KEY `linkage_confirmation_token` (`token_hash`),
  CONSTRAINT `linkage_confirmation_answer_known` CHECK (`answer` in ('RECEIVED','NOT_RECEIVED')),
  CONSTRAINT `linkage_confirmation_answered` CHECK (`answer` is null = (`answered_at` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `linkage_flag` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `payment_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `village_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `rule` varchar(32) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `note` varchar(200) NOT NULL,
  `raised_at` datetime(6) NOT NULL,
  `decided_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `decided_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `linkage_flag_once` (`payment_id`,`rule`),
  KEY `linkage_flag_of_village` (`village_code`,`id`),
  CONSTRAINT `linkage_flag_rule_known` CHECK (`rule` in ('SAME_SUM','ROUND_SUM','MEMBER_GONE','ABOVE_STATED','DENIED')),
  CONSTRAINT `linkage_flag_state_known` CHECK (`state` in ('OPEN','CLEARED','UPHELD')),
  CONSTRAINT `linkage_flag_decided` CHECK (`state` = 'OPEN' = (`decided_at` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `linkage_household` (
  `agreement_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `household_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `weight` int(11) NOT NULL,
  PRIMARY KEY (`agreement_id`,`household_id`),
  KEY `linkage_household_of` (`household_id`),
  CONSTRAINT `linkage_household_weight_not_negative` CHECK (`weight` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `linkage_payment` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `agreement_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `household_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `village_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `category` varchar(32) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `paid_on` date NOT NULL,
  `note` varchar(200) NOT NULL,
  `reverses_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `idempotency_key` varchar(64) COLLATE ascii_bin NOT NULL,
  `recorded_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `recorded_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `linkage_payment_once` (`merchant_id`,`idempotency_key`),
  UNIQUE KEY `linkage_payment_reversed_once` (`reverses_id`),
  KEY `linkage_payment_of_agreement` (`agreement_id`,`paid_on`),
  KEY `linkage_payment_of_household` (`household_id`,`paid_on`),
  KEY `linkage_payment_of_village` (`village_code`,`id`),
  CONSTRAINT `linkage_payment_category_known` CHECK (`category` in ('WAGE','BUSINESS','PROPERTY','TRANSFER')),
  CONSTRAINT `linkage_payment_sign` CHECK (`amount_fen` <> 0 and `amount_fen` < 0 = (`reverses_id` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `linkage_photo` (
  `subject_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `position` int(11) NOT NULL,
  `photo_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`subject_id`,`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `linkage_term` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `agreement_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `revision` int(11) NOT NULL,
  `unit_fen` bigint(20) DEFAULT NULL,
  `stated_year_fen` bigint(20) DEFAULT NULL,
  `share_bps` int(11) DEFAULT NULL,
  `note` varchar(400) NOT NULL,
  `set_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `set_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `linkage_term_revision` (`agreement_id`,`revision`),
  CONSTRAINT `linkage_term_share` CHECK (`share_bps` between 1 and 10000)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `made_file` (
  `sha256` char(64) COLLATE ascii_bin NOT NULL,
  `made_at` datetime(6) NOT NULL,
  PRIMARY KEY (`sha256`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `membership` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `user_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `role` varchar(32) COLLATE ascii_bin NOT NULL,
  `scope_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `scope_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `ended_at` datetime(6) DEFAULT NULL,
  `county_code` varchar(12) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `membership_once` (`user_id`,`role`,`scope_kind`,`scope_id`),
  KEY `membership_of_scope` (`scope_kind`,`scope_id`,`role`),
  CONSTRAINT `membership_scope_known` CHECK (`scope_kind` in ('PLATFORM','DIVISION','MERCHANT'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `merchant` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `name` varchar(120) NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `credit_code` varchar(18) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `township_code` varchar(12) COLLATE ascii_bin DEFAULT NULL,
  `contact_name` varchar(60) NOT NULL,
  `contact_phone` varchar(20) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `licensed_until` date DEFAULT NULL,
  `licence_due_on` date DEFAULT NULL,
  `processed_food` varchar(32) COLLATE ascii_bin NOT NULL DEFAULT 'NONE',
  PRIMARY KEY (`id`),
  UNIQUE KEY `merchant_credit_code` (`credit_code`),
  KEY `merchant_of_county` (`county_code`,`id`),
  KEY `merchant_by_state` (`state`),
  KEY `merchant_licence_due` (`licence_due_on`),
  KEY `merchant_licensed` (`licensed_until`),
  CONSTRAINT `merchant_kind_known` CHECK (`kind` in ('COOPERATIVE','ENTERPRISE','LEADING_ENTERPRISE','FAMILY_FARM','LARGE_GROWER','VILLAGE_COLLECTIVE','VENUE_OPERATOR')),
  CONSTRAINT `merchant_state_known` CHECK (`state` in ('APPLIED','ACTIVE','SUSPENDED','CLOSING','CLOSED')),
  CONSTRAINT `merchant_processed_food_known` CHECK (`processed_food` in ('NONE','MADE','TRADED','MADE_AND_TRADED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `merchant_application` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `created_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `content` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`content`)),
  `revision` int(11) NOT NULL,
  `name` varchar(120) NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `open_credit_code` varchar(18) COLLATE ascii_bin DEFAULT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  `submitted_at` datetime(6) DEFAULT NULL,
  `recommended_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `decided_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `merchant_application_once` (`created_by`,`idempotency_key`),
  UNIQUE KEY `merchant_application_open` (`open_credit_code`),
  KEY `merchant_application_of` (`created_by`,`id`),
  KEY `merchant_application_waiting` (`state`,`submitted_at`,`id`),
  CONSTRAINT `merchant_application_state_known` CHECK (`state` in ('DRAFT','SUBMITTED','RETURNED','RECOMMENDED','APPROVED','REFUSED','WITHDRAWN'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `merchant_application_account` (
  `application_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `account_name` varchar(120) NOT NULL,
  `bank_name` varchar(120) NOT NULL,
  `bank_code` varchar(12) COLLATE ascii_bin DEFAULT NULL,
  `number_cipher` varbinary(255) DEFAULT NULL,
  `key_id` varchar(16) COLLATE ascii_bin DEFAULT NULL,
  `last_four` varchar(4) COLLATE ascii_bin NOT NULL,
  `said_at` datetime(6) NOT NULL,
  PRIMARY KEY (`application_id`),
  CONSTRAINT `merchant_application_account_sealed` CHECK (`number_cipher` is null = (`key_id` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `merchant_application_step` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `application_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `act` varchar(32) COLLATE ascii_bin NOT NULL,
  `actor_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `reason` varchar(500) NOT NULL,
  `fields` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`fields`)),
  `at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `merchant_application_step_of` (`application_id`,`id`),
  CONSTRAINT `merchant_application_act_known` CHECK (`act` in ('SUBMITTED','RETURNED','RECOMMENDED','APPROVED','REFUSED','WITHDRAWN'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `merchant_closure` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `open_merchant_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `asked_as` varchar(32) COLLATE ascii_bin NOT NULL,
  `reason` varchar(200) NOT NULL,
  `asked_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `asked_at` datetime(6) NOT NULL,
  `from_state` varchar(32) COLLATE ascii_bin NOT NULL,
  `ended_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `ended_at` datetime(6) DEFAULT NULL,
  `ended_reason` varchar(200) NOT NULL,
  `papers_kept_until` date DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `merchant_closure_open` (`open_merchant_id`),
  KEY `merchant_closure_of` (`merchant_id`,`id`),
  CONSTRAINT `merchant_closure_state_known` CHECK (`state` in ('OPEN','REOPENED','FINAL')),
  CONSTRAINT `merchant_closure_asked_as_known` CHECK (`asked_as` in ('OWNER','OFFICE')),
  CONSTRAINT `merchant_closure_from_state_known` CHECK (`from_state` in ('ACTIVE','SUSPENDED')),
  CONSTRAINT `merchant_closure_open_merchant` CHECK (`open_merchant_id` is not null = (`state` = 'OPEN') and (`open_merchant_id` is null or `open_merchant_id` = `merchant_id`)),
  CONSTRAINT `merchant_closure_kept` CHECK (`papers_kept_until` is not null = (`state` = 'FINAL'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `merchant_order` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `goods_fen` bigint(20) NOT NULL,
  `freight_fen` bigint(20) NOT NULL,
  `placed_at` datetime(6) NOT NULL,
  `paid_at` datetime(6) DEFAULT NULL,
  `shipped_at` datetime(6) DEFAULT NULL,
  `received_at` datetime(6) DEFAULT NULL,
  `received_by` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `auto_receipt_at` datetime(6) DEFAULT NULL,
  `release_due_at` datetime(6) DEFAULT NULL,
  `completed_at` datetime(6) DEFAULT NULL,
  `handover` varchar(32) COLLATE ascii_bin NOT NULL DEFAULT 'PARCEL',
  `opening_since` datetime(6) DEFAULT NULL,
  `due_on` date NOT NULL DEFAULT '1970-01-01',
  `pick_up_point_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `waybill_carrier` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `merchant_order_once` (`order_id`,`merchant_id`),
  KEY `merchant_order_to_ship` (`merchant_id`,`state`,`placed_at`,`id`),
  KEY `merchant_order_auto_receipt` (`state`,`auto_receipt_at`),
  KEY `merchant_order_release` (`state`,`release_due_at`),
  KEY `merchant_order_paid` (`paid_at`),
  KEY `merchant_order_due` (`merchant_id`,`state`,`due_on`,`id`),
  KEY `merchant_order_to_fetch` (`pick_up_point_id`,`state`,`id`),
  KEY `merchant_order_newest` (`merchant_id`,`placed_at`,`id`),
  CONSTRAINT `merchant_order_state_known` CHECK (`state` in ('UNPAID','TO_SHIP','PARTLY_SHIPPED','SHIPPED','RECEIVED','COMPLETED','CANCELLED')),
  CONSTRAINT `merchant_order_handover_known` CHECK (`handover` in ('PARCEL','PICK_UP','VEND','TAKEN')),
  CONSTRAINT `merchant_order_fetched` CHECK (`handover` = 'PICK_UP' = (`pick_up_point_id` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `merchant_paper` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `application_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `number` varchar(60) NOT NULL,
  `valid_from` date DEFAULT NULL,
  `valid_to` date DEFAULT NULL,
  `ends_on` date DEFAULT NULL,
  `file_ids` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`file_ids`)),
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `open_kind` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `is_counting` tinyint(1) NOT NULL,
  `reminded_days` int(11) DEFAULT NULL,
  `brought_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `brought_at` datetime(6) NOT NULL,
  `decided_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `decided_at` datetime(6) DEFAULT NULL,
  `reason` varchar(500) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `merchant_paper_once` (`brought_by`,`idempotency_key`),
  UNIQUE KEY `merchant_paper_open` (`merchant_id`,`open_kind`),
  KEY `merchant_paper_of` (`merchant_id`,`id`),
  KEY `merchant_paper_waiting` (`state`,`brought_at`,`id`),
  KEY `merchant_paper_ending` (`is_counting`,`ends_on`,`id`),
  CONSTRAINT `merchant_paper_state_known` CHECK (`state` in ('WAITING','ACCEPTED','RETURNED','WITHDRAWN')),
  CONSTRAINT `merchant_paper_open_kind` CHECK (`open_kind` is not null = (`state` = 'WAITING') and (`open_kind` is null or `open_kind` = `kind`)),
  CONSTRAINT `merchant_paper_counting` CHECK (`is_counting` = 0 or `state` = 'ACCEPTED'),
  CONSTRAINT `merchant_paper_kind_known` CHECK (`kind` in ('BUSINESS_LICENCE','COLLECTIVE_CERTIFICATE','LEGAL_PERSON_ID','STANDING_PROOF','FOOD_PRODUCTION_LICENCE','FOOD_BUSINESS_LICENCE','TEST_REPORT','SITE_AGREEMENT','BANK_PROOF','TRUTH_LETTER','OTHER'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `merchant_suspension` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `reason` varchar(200) NOT NULL,
  `suspended_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `suspended_at` datetime(6) NOT NULL,
  `reinstated_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `reinstated_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `merchant_suspension_of` (`merchant_id`,`reinstated_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `merged_guest` (
  `guest_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `buyer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merged_at` datetime(6) NOT NULL,
  PRIMARY KEY (`guest_id`),
  KEY `merged_guest_by_age` (`merged_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `offtake` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `seller_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `quantity` int(11) NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `bought_on` date NOT NULL,
  `document_no` varchar(60) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `told_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `told_at` datetime(6) NOT NULL,
  `decided_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `decided_at` datetime(6) DEFAULT NULL,
  `reason` varchar(300) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `offtake_once` (`told_by`,`idempotency_key`),
  KEY `offtake_of_operator` (`operator_id`,`id`),
  KEY `offtake_of_merchant` (`merchant_id`,`id`),
  KEY `offtake_summed` (`state`,`bought_on`,`seller_county_code`),
  CONSTRAINT `offtake_state_known` CHECK (`state` in ('TOLD','CONFIRMED','DENIED','WITHDRAWN')),
  CONSTRAINT `offtake_some` CHECK (`quantity` > 0 and `amount_fen` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `order_claim` (
  `guest_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`guest_id`,`idempotency_key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `order_invoice_title` (
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `title` varchar(120) NOT NULL,
  `tax_no` varchar(20) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`order_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `order_line` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_name` varchar(120) NOT NULL,
  `variant_name` varchar(80) NOT NULL,
  `quantity` int(11) NOT NULL,
  `unit_price_fen` bigint(20) NOT NULL,
  `goods_fen` bigint(20) NOT NULL,
  `net_weight_g` int(11) NOT NULL,
  `is_perishable` tinyint(1) NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `channel_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `sale_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `buyer_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `linkage_agreement_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `certification_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `seller_county_code` varchar(12) COLLATE ascii_bin NOT NULL DEFAULT '',
  `consumption_county_code` varchar(12) COLLATE ascii_bin NOT NULL DEFAULT '',
  `unit_id` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  `campaign_code` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  `subsidy_fen` bigint(20) NOT NULL DEFAULT 0,
  `discount_fen` bigint(20) NOT NULL DEFAULT 0,
  `promised_on` date DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `order_line_of_order` (`order_id`),
  KEY `order_line_of_merchant_order` (`merchant_order_id`),
  KEY `order_line_of_batch` (`batch_id`),
  CONSTRAINT `order_line_quantity_positive` CHECK (`quantity` > 0),
  CONSTRAINT `order_line_channel_known` CHECK (`channel_kind` in ('PAVILION','ZONE','COUNTER','ONLINE','PROCUREMENT','FAIR')),
  CONSTRAINT `order_line_subsidy_within` CHECK (`subsidy_fen` >= 0 and `subsidy_fen` <= `goods_fen`),
  CONSTRAINT `order_line_goods` CHECK (`discount_fen` >= 0 and `goods_fen` >= 0 and `goods_fen` = `unit_price_fen` * `quantity` - `discount_fen`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `order_line_call_off` (
  `order_line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `quantity` int(11) NOT NULL,
  `called_off_by` varchar(32) COLLATE ascii_bin NOT NULL,
  `called_off_at` datetime(6) NOT NULL,
  `number` int(11) NOT NULL DEFAULT 1,
  PRIMARY KEY (`order_line_id`,`number`),
  KEY `order_line_call_off_of_merchant_order` (`merchant_order_id`),
  CONSTRAINT `order_line_call_off_quantity_positive` CHECK (`quantity` > 0),
  CONSTRAINT `order_line_call_off_by_known` CHECK (`called_off_by` in ('BUYER','MERCHANT','CABINET'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `order_line_funding` (
  `order_line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `promotion_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `coupon_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `name` varchar(60) NOT NULL,
  `funder` varchar(40) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  PRIMARY KEY (`order_line_id`,`promotion_id`,`coupon_id`),
  KEY `order_line_funding_of_order` (`order_id`),
  CONSTRAINT `order_line_funding_kind_known` CHECK (`kind` in ('PRICE_CUT','MERCHANT_COUPON','PLATFORM_COUPON','VOUCHER')),
  CONSTRAINT `order_line_funding_positive` CHECK (`amount_fen` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `outbox` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `name` varchar(80) COLLATE ascii_bin NOT NULL,
  `payload` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`payload`)),
  `trace_id` varchar(64) COLLATE ascii_bin DEFAULT NULL,
  `occurred_at` datetime(6) NOT NULL,
  `published_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `outbox_to_publish` (`published_at`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `pairing` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `agreement_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `village_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `story` varchar(300) NOT NULL,
  `photo_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `is_consented` tinyint(1) NOT NULL,
  `idempotency_key` varchar(64) COLLATE ascii_bin NOT NULL,
  `request_hash` char(64) COLLATE ascii_bin NOT NULL,
  `proposed_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `proposed_at` datetime(6) NOT NULL,
  `decided_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `note` varchar(200) NOT NULL,
  `starts_at` datetime(6) DEFAULT NULL,
  `ends_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `pairing_once` (`merchant_id`,`idempotency_key`),
  KEY `pairing_of_merchant` (`merchant_id`,`id`),
  KEY `pairing_of_village` (`village_code`,`id`),
  KEY `pairing_of_cabinet` (`cabinet_id`,`starts_at`),
  KEY `pairing_of_agreement` (`agreement_id`,`state`),
  CONSTRAINT `pairing_state_known` CHECK (`state` in ('PROPOSED','ACTIVE','REJECTED','ENDED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `pairing_household` (
  `pairing_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `household_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`pairing_id`,`household_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `pairing_slot` (
  `pairing_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `slot_code` varchar(8) COLLATE ascii_bin NOT NULL,
  `open_key` varchar(60) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`pairing_id`,`slot_code`),
  UNIQUE KEY `pairing_slot_one_open` (`open_key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `parcel_event` (
  `fulfillment_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `ref` varchar(80) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `place` varchar(60) NOT NULL,
  `occurred_at` datetime(6) NOT NULL,
  `told_at` datetime(6) NOT NULL,
  PRIMARY KEY (`fulfillment_id`,`ref`),
  CONSTRAINT `parcel_event_kind_known` CHECK (`kind` in ('COLLECTED','ARRIVED','OUT_FOR_DELIVERY','SIGNED','FAILED','REFUSED','LOST','RETURNED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `parcel_track` (
  `fulfillment_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `carrier` varchar(32) COLLATE ascii_bin NOT NULL,
  `tracking_no` varchar(60) COLLATE ascii_bin NOT NULL,
  `live_no` varchar(80) COLLATE ascii_bin DEFAULT NULL,
  `shipped_at` datetime(6) NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `trouble` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `look_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`fulfillment_id`),
  UNIQUE KEY `parcel_track_live` (`live_no`),
  KEY `parcel_track_due` (`look_at`,`fulfillment_id`),
  KEY `parcel_track_troubled` (`merchant_id`,`trouble`,`fulfillment_id`),
  CONSTRAINT `parcel_track_carrier_known` CHECK (`carrier` in ('POST','SF','ZTO','YTO','STO','YUNDA','JT','JD')),
  CONSTRAINT `parcel_track_kind_known` CHECK (`kind` in ('COLLECTED','ARRIVED','OUT_FOR_DELIVERY','SIGNED','FAILED','REFUSED','LOST','RETURNED')),
  CONSTRAINT `parcel_track_trouble_known` CHECK (`trouble` in ('FAILED','REFUSED','LOST','RETURNED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `parked_message` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `version` int(11) NOT NULL,
  `kind` varchar(40) COLLATE ascii_bin NOT NULL,
  `payload` blob NOT NULL,
  `received_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `parked_message_of_cabinet` (`cabinet_id`,`id`),
  KEY `parked_message_by_version` (`version`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `partner` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `code` varchar(40) COLLATE ascii_bin NOT NULL,
  `name` varchar(80) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `created_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `created_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `partner_code` (`code`),
  CONSTRAINT `partner_state_known` CHECK (`state` in ('ACTIVE','SUSPENDED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `partner_key` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `partner_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `public_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `created_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `revoked_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `partner_key_of_partner` (`partner_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `payee_account` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `payee_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `payee_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `current_of` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `method` varchar(32) COLLATE ascii_bin NOT NULL,
  `account_name` varchar(120) NOT NULL,
  `bank_name` varchar(120) NOT NULL,
  `bank_code` varchar(12) COLLATE ascii_bin DEFAULT NULL,
  `number_cipher` varbinary(255) NOT NULL,
  `key_id` varchar(16) COLLATE ascii_bin NOT NULL,
  `last_four` varchar(4) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `proposed_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `proposed_at` datetime(6) NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `verified_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `verified_at` datetime(6) DEFAULT NULL,
  `verified_how` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `evidence` varchar(200) DEFAULT NULL,
  `block_reason` varchar(400) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `payee_account_idempotency` (`proposed_by`,`idempotency_key`),
  UNIQUE KEY `payee_account_current_once` (`current_of`),
  KEY `payee_account_of_payee` (`payee_id`,`id`),
  KEY `payee_account_by_state` (`state`,`id`),
  CONSTRAINT `payee_account_kind_known` CHECK (`payee_kind` in ('MERCHANT','HOUSEHOLD','OPERATOR','FUND')),
  CONSTRAINT `payee_account_method_known` CHECK (`method` in ('BANK','STRIPE')),
  CONSTRAINT `payee_account_state_known` CHECK (`state` in ('UNVERIFIED','VERIFIED','BLOCKED','REPLACED')),
  CONSTRAINT `payee_account_proof_known` CHECK (`verified_how` in ('DOCUMENTS','TEST_TRANSFER')),
  CONSTRAINT `payee_account_replaced_or_current` CHECK (`state` = 'REPLACED' = (`current_of` is null)),
  CONSTRAINT `payee_account_verified_by_another` CHECK (`state` <> 'VERIFIED' or `verified_by` is not null and `verified_by` <> `proposed_by` and `verified_how` is not null and `verified_at` is not null)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `payment` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `attempt` int(11) NOT NULL,
  `method` varchar(32) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `intent_ref` varchar(80) COLLATE ascii_bin DEFAULT NULL,
  `checkout_ref` varchar(120) COLLATE ascii_bin DEFAULT NULL,
  `action_kind` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `action_url` text DEFAULT NULL,
  `captured_fen` bigint(20) DEFAULT NULL,
  `captured_at` datetime(6) DEFAULT NULL,
  `disposition` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `fee_fen` bigint(20) DEFAULT NULL,
  `fee_ref` varchar(80) COLLATE ascii_bin DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  `next_check_at` datetime(6) DEFAULT NULL,
  `stage` varchar(32) COLLATE ascii_bin NOT NULL DEFAULT 'WHOLE',
  PRIMARY KEY (`id`),
  UNIQUE KEY `payment_attempt` (`order_id`,`attempt`),
  UNIQUE KEY `payment_intent_ref` (`intent_ref`),
  KEY `payment_to_check` (`next_check_at`),
  KEY `payment_by_disposition` (`disposition`,`id`),
  KEY `payment_by_state` (`state`,`id`),
  CONSTRAINT `payment_state_known` CHECK (`state` in ('STARTING','AWAITING_BUYER','PROCESSING','SUCCEEDED','FAILED','CANCELLED','UNKNOWN')),
  CONSTRAINT `payment_method_known` CHECK (`method` in ('ALIPAY','WECHAT_PAY','CARD','ON_ACCOUNT','NONE')),
  CONSTRAINT `payment_amount_positive` CHECK (`amount_fen` >= 0 and `amount_fen` = 0 = (`method` = 'NONE')),
  CONSTRAINT `payment_stage_known` CHECK (`stage` in ('WHOLE','DEPOSIT','BALANCE'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `payment_dispute` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `payment_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `provider_ref` varchar(80) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `reason` varchar(80) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `fee_fen` bigint(20) DEFAULT NULL,
  `withdrawn_at` datetime(6) DEFAULT NULL,
  `respond_by` datetime(6) DEFAULT NULL,
  `opened_at` datetime(6) NOT NULL,
  `closed_at` datetime(6) DEFAULT NULL,
  `refund_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `updated_at` datetime(6) NOT NULL,
  `next_check_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `payment_dispute_provider_ref` (`provider_ref`),
  KEY `payment_dispute_of_payment` (`payment_id`),
  KEY `payment_dispute_of_order` (`order_id`),
  KEY `payment_dispute_to_check` (`next_check_at`),
  KEY `payment_dispute_by_state` (`state`,`id`),
  CONSTRAINT `payment_dispute_state_known` CHECK (`state` in ('INQUIRY','OPEN','WON','LOST','DROPPED')),
  CONSTRAINT `payment_dispute_amount_positive` CHECK (`amount_fen` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `payment_hold` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `buyer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `subject_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `checkout_ref` varchar(120) COLLATE ascii_bin DEFAULT NULL,
  `intent_ref` varchar(80) COLLATE ascii_bin DEFAULT NULL,
  `action_url` text DEFAULT NULL,
  `held_at` datetime(6) DEFAULT NULL,
  `ends_at` datetime(6) DEFAULT NULL,
  `order_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `capture_fen` bigint(20) DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  `next_check_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `payment_hold_subject` (`subject_id`),
  KEY `payment_hold_to_check` (`next_check_at`),
  CONSTRAINT `payment_hold_state_known` CHECK (`state` in ('STARTING','AWAITING_BUYER','HELD','CAPTURING','RELEASING','CAPTURED','RELEASED','LAPSED')),
  CONSTRAINT `payment_hold_amounts` CHECK (`amount_fen` > 0 and coalesce(`capture_fen`,1) > 0 and coalesce(`capture_fen`,0) <= `amount_fen`),
  CONSTRAINT `payment_hold_captured_for` CHECK (`order_id` is null = (`capture_fen` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `payout` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `run_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `payee_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `payee_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `account_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `method` varchar(32) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `batch_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `line_no` int(11) DEFAULT NULL,
  `planned_at` datetime(6) NOT NULL,
  `sent_at` datetime(6) DEFAULT NULL,
  `resolve_by` date DEFAULT NULL,
  `settled_at` datetime(6) DEFAULT NULL,
  `returned_at` datetime(6) DEFAULT NULL,
  `next_check_at` datetime(6) DEFAULT NULL,
  `tries` int(11) NOT NULL DEFAULT 0,
  `key_no` int(11) NOT NULL DEFAULT 1,
  `key_tried_at` datetime(6) DEFAULT NULL,
  `provider_ref` varchar(80) COLLATE ascii_bin DEFAULT NULL,
  `failure_code` varchar(60) COLLATE ascii_bin DEFAULT NULL,
  `failure_note` varchar(200) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `payout_once_a_run` (`run_id`,`payee_id`),
  KEY `payout_of_payee` (`payee_id`,`id`),
  KEY `payout_by_state` (`state`,`method`,`id`),
  KEY `payout_of_batch` (`batch_id`,`line_no`),
  KEY `payout_to_check` (`next_check_at`),
  KEY `payout_overdue` (`state`,`resolve_by`,`id`),
  CONSTRAINT `payout_kind_known` CHECK (`payee_kind` in ('MERCHANT','HOUSEHOLD','OPERATOR','FUND')),
  CONSTRAINT `payout_method_known` CHECK (`method` in ('BANK','STRIPE')),
  CONSTRAINT `payout_state_known` CHECK (`state` in ('PLANNED','BATCHED','SENT','PAID','REJECTED','RETURNED','CANCELLED')),
  CONSTRAINT `payout_amount_positive` CHECK (`amount_fen` > 0),
  CONSTRAINT `payout_batched_or_not` CHECK (`batch_id` is null = (`line_no` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `payout_batch` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `batch_no` int(11) NOT NULL,
  `method` varchar(32) COLLATE ascii_bin NOT NULL,
  `encoding` varchar(32) COLLATE ascii_bin NOT NULL,
  `line_count` int(11) NOT NULL,
  `total_fen` bigint(20) NOT NULL,
  `content_hash` varchar(64) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `approval_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `created_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `exported_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `exported_at` datetime(6) DEFAULT NULL,
  `file_hash` varchar(64) COLLATE ascii_bin DEFAULT NULL,
  `file_cipher` mediumblob DEFAULT NULL,
  `key_id` varchar(16) COLLATE ascii_bin DEFAULT NULL,
  `void_reason` varchar(400) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `payout_batch_number` (`batch_no`),
  UNIQUE KEY `payout_batch_idempotency` (`created_by`,`idempotency_key`),
  KEY `payout_batch_by_state` (`state`,`id`),
  CONSTRAINT `payout_batch_method_known` CHECK (`method` in ('BANK','STRIPE')),
  CONSTRAINT `payout_batch_encoding_known` CHECK (`encoding` in ('UTF_8','GB18030')),
  CONSTRAINT `payout_batch_state_known` CHECK (`state` in ('AWAITING_APPROVAL','APPROVED','REJECTED','EXPORTED','SENDING','VOID_REQUESTED','VOIDED','CLOSED')),
  CONSTRAINT `payout_batch_not_empty` CHECK (`line_count` > 0 and `total_fen` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `payout_cursor` (
  `payee_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `journal_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`payee_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `payout_import` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `file_hash` varchar(64) COLLATE ascii_bin NOT NULL,
  `outcome` varchar(32) COLLATE ascii_bin NOT NULL,
  `break_code` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `break_note` varchar(200) DEFAULT NULL,
  `line_count` int(11) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `unpaid_fen` bigint(20) NOT NULL,
  `imported_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `imported_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `payout_import_once` (`batch_id`,`file_hash`),
  KEY `payout_import_by_outcome` (`outcome`,`id`),
  CONSTRAINT `payout_import_outcome_known` CHECK (`outcome` in ('APPLIED','BROKEN')),
  CONSTRAINT `payout_import_break_known` CHECK (`break_code` in ('UNREADABLE','WRONG_BATCH','CONTROL_TOTALS','UNKNOWN_LINE','LINE_TWICE','AMOUNT_DIFFERS','CONTRADICTION')),
  CONSTRAINT `payout_import_broken_or_not` CHECK (`outcome` = 'BROKEN' = (`break_code` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `payout_item` (
  `payout_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `journal_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `line_no` int(11) NOT NULL,
  `side` varchar(32) COLLATE ascii_bin NOT NULL,
  `payee_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `covers` varchar(60) COLLATE ascii_bin DEFAULT NULL,
  `kind` varchar(48) COLLATE ascii_bin NOT NULL,
  `subject` varchar(80) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `effective_at` datetime(6) NOT NULL,
  PRIMARY KEY (`payout_id`,`journal_id`,`line_no`,`side`),
  UNIQUE KEY `payout_item_covered_once` (`covers`),
  KEY `payout_item_of_payee` (`payee_id`,`journal_id`),
  KEY `payout_item_of_subject` (`subject`),
  CONSTRAINT `payout_item_side_known` CHECK (`side` in ('debit','credit')),
  CONSTRAINT `payout_item_signed` CHECK (`side` = 'credit' and `amount_fen` > 0 or `side` = 'debit' and `amount_fen` < 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `payout_policy` (
  `name` varchar(32) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  PRIMARY KEY (`name`),
  CONSTRAINT `payout_policy_name_known` CHECK (`name` in ('MINIMUM_MERCHANT','MINIMUM_HOUSEHOLD','MINIMUM_OPERATOR','MINIMUM_FUND','TWO_APPROVERS_ABOVE')),
  CONSTRAINT `payout_policy_not_negative` CHECK (`amount_fen` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `payout_policy_change` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `name` varchar(32) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `effective_on` date NOT NULL,
  `reason` varchar(400) NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `proposed_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `approval_request_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `proposed_at` datetime(6) NOT NULL,
  `decided_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `payout_policy_change_idempotency` (`proposed_by`,`idempotency_key`),
  KEY `payout_policy_change_in_force` (`name`,`state`,`effective_on`),
  CONSTRAINT `payout_policy_change_name_known` CHECK (`name` in ('MINIMUM_MERCHANT','MINIMUM_HOUSEHOLD','MINIMUM_OPERATOR','MINIMUM_FUND','TWO_APPROVERS_ABOVE')),
  CONSTRAINT `payout_policy_change_state_known` CHECK (`state` in ('PROPOSED','APPROVED','REJECTED','WITHDRAWN')),
  CONSTRAINT `payout_policy_change_not_negative` CHECK (`amount_fen` >= 0),
  CONSTRAINT `payout_policy_change_decided` CHECK (`state` = 'PROPOSED' = (`decided_at` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `payout_run` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `day` date NOT NULL,
  `origin` varchar(32) COLLATE ascii_bin NOT NULL,
  `started_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `covers_before` datetime(6) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `fencing` int(11) NOT NULL DEFAULT 0,
  `leased_until` datetime(6) DEFAULT NULL,
  `reached_code` varchar(160) COLLATE ascii_bin NOT NULL DEFAULT '',
  `payout_count` int(11) NOT NULL DEFAULT 0,
  `total_fen` bigint(20) NOT NULL DEFAULT 0,
  `skip_count` int(11) NOT NULL DEFAULT 0,
  `started_at` datetime(6) NOT NULL,
  `planned_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `payout_run_once_a_day` (`day`),
  KEY `payout_run_by_state` (`state`,`day`),
  CONSTRAINT `payout_run_origin_known` CHECK (`origin` in ('SCHEDULE','HAND')),
  CONSTRAINT `payout_run_state_known` CHECK (`state` in ('PLANNING','PLANNED')),
  CONSTRAINT `payout_run_sums_not_negative` CHECK (`payout_count` >= 0 and `total_fen` >= 0 and `skip_count` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `payout_skip` (
  `run_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `payee_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `payee_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `reason` varchar(32) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  PRIMARY KEY (`run_id`,`payee_id`),
  KEY `payout_skip_of_payee` (`payee_id`,`run_id`),
  CONSTRAINT `payout_skip_kind_known` CHECK (`payee_kind` in ('MERCHANT','HOUSEHOLD','OPERATOR','FUND')),
  CONSTRAINT `payout_skip_reason_known` CHECK (`reason` in ('BELOW_MINIMUM','NO_ACCOUNT','ACCOUNT_UNVERIFIED','ACCOUNT_BLOCKED','ABOVE_MAXIMUM','NOT_FREE'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `performance_begun` (
  `business_day` date NOT NULL,
  PRIMARY KEY (`business_day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `performance_day` (
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `business_day` date NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `opening_hours` varchar(60) DEFAULT NULL,
  `is_open` tinyint(1) NOT NULL,
  `slot_codes` text COLLATE ascii_bin NOT NULL,
  `make_at` datetime(6) DEFAULT NULL,
  `made_count` int(11) NOT NULL,
  `is_heard` tinyint(1) NOT NULL,
  `is_operating` tinyint(1) NOT NULL,
  `due_minutes` int(11) NOT NULL,
  `unknown_minutes` int(11) NOT NULL,
  `sellable_minutes` int(11) NOT NULL,
  `slot_minutes` int(11) NOT NULL,
  `empty_slot_minutes` int(11) NOT NULL,
  `vend_count` int(11) NOT NULL,
  `failed_vend_count` int(11) NOT NULL,
  `dispute_count` int(11) NOT NULL,
  `expected_units` int(11) NOT NULL,
  `counted_units` int(11) NOT NULL,
  `measured_minutes` int(11) NOT NULL,
  `in_band_minutes` int(11) NOT NULL,
  `locked_units` int(11) NOT NULL,
  `sold_units` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `filled_units` int(11) NOT NULL,
  `last_sold_on` date DEFAULT NULL,
  `last_filled_on` date DEFAULT NULL,
  PRIMARY KEY (`channel_point_id`,`business_day`),
  KEY `performance_day_by_day` (`business_day`,`channel_point_id`),
  KEY `performance_day_to_make` (`make_at`),
  CONSTRAINT `performance_day_parts` CHECK (`sellable_minutes` <= `due_minutes` and `empty_slot_minutes` <= `slot_minutes` and `failed_vend_count` <= `vend_count` and `dispute_count` <= `vend_count` and `in_band_minutes` <= `measured_minutes`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `photo` (
  `file_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `width` int(11) NOT NULL,
  `height` int(11) NOT NULL,
  `fingerprint` char(16) COLLATE ascii_bin NOT NULL,
  `small_sha256` char(64) COLLATE ascii_bin NOT NULL,
  `small_size_bytes` int(11) NOT NULL,
  PRIMARY KEY (`file_id`),
  KEY `photo_same_small` (`small_sha256`),
  CONSTRAINT `photo_has_pixels` CHECK (`width` > 0 and `height` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `pick_up` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cell_code` varchar(8) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `code_no` int(11) NOT NULL,
  `active_cabinet_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `active_merchant_order_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `placed_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `placed_at` datetime(6) NOT NULL,
  `kept_until` datetime(6) NOT NULL,
  `asked_at` datetime(6) DEFAULT NULL,
  `taken_at` datetime(6) DEFAULT NULL,
  `taken_back_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `taken_back_at` datetime(6) DEFAULT NULL,
  `check_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `pick_up_in_cell` (`active_cabinet_id`,`cell_code`),
  UNIQUE KEY `pick_up_of_parcel` (`active_merchant_order_id`),
  KEY `pick_up_of_merchant_order` (`merchant_order_id`,`id`),
  KEY `pick_up_due` (`check_at`),
  KEY `pick_up_of_operator` (`operator_id`,`id`),
  KEY `pick_up_of_county` (`county_code`,`id`),
  CONSTRAINT `pick_up_state_known` CHECK (`state` in ('WAITING','OPENING','STUCK','OPENED','TAKEN','OVERDUE','TAKEN_BACK','MOVED','RETURNED')),
  CONSTRAINT `pick_up_active` CHECK (`active_cabinet_id` is null = (`active_merchant_order_id` is null)),
  CONSTRAINT `pick_up_occupied` CHECK (`state` in ('WAITING','OPENING','STUCK','OPENED','OVERDUE') = (`active_cabinet_id` is not null)),
  CONSTRAINT `pick_up_taken` CHECK (`state` in ('OPENED','TAKEN') = (`taken_at` is not null)),
  CONSTRAINT `pick_up_taken_back` CHECK (`taken_back_by` is null = (`taken_back_at` is null) and `state` in ('TAKEN_BACK','MOVED','RETURNED') = (`taken_back_at` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `pick_up_guard` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `wrong_count` int(11) NOT NULL,
  `last_wrong_at` datetime(6) DEFAULT NULL,
  `paused_until` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`cabinet_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `pick_up_opening` (
  `command_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `pick_up_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `purpose` varchar(32) COLLATE ascii_bin NOT NULL,
  `asked_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `asked_at` datetime(6) NOT NULL,
  PRIMARY KEY (`command_id`),
  KEY `pick_up_opening_of_pick_up` (`pick_up_id`,`command_id`),
  CONSTRAINT `pick_up_opening_purpose_known` CHECK (`purpose` in ('PLACE','HAND_OVER','TAKE_BACK'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `planogram` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `revision` int(11) NOT NULL,
  `set_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `set_at` datetime(6) NOT NULL,
  PRIMARY KEY (`cabinet_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `planogram_slot` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `slot_code` varchar(8) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `price_fen` bigint(20) NOT NULL,
  `par_level` int(11) NOT NULL,
  PRIMARY KEY (`cabinet_id`,`slot_code`),
  CONSTRAINT `planogram_slot_price_positive` CHECK (`price_fen` > 0),
  CONSTRAINT `planogram_slot_par_positive` CHECK (`par_level` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `pool_assignment` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `note` varchar(400) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `created_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `idempotency_key` varchar(64) COLLATE ascii_bin NOT NULL,
  `approval_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `assigned_fen` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `pool_assignment_once` (`idempotency_key`),
  CONSTRAINT `pool_assignment_state_known` CHECK (`state` in ('PROPOSED','POSTED','REJECTED','WITHDRAWN')),
  CONSTRAINT `pool_assignment_posted_has_amount` CHECK (`state` = 'POSTED' = (`assigned_fen` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `pool_assignment_household` (
  `assignment_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `household_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `weight` int(11) NOT NULL,
  PRIMARY KEY (`assignment_id`,`household_id`),
  CONSTRAINT `pool_assignment_weight_positive` CHECK (`weight` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `pool_assignment_line` (
  `assignment_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`assignment_id`,`line_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `presale` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `first_on` date NOT NULL,
  `last_on` date NOT NULL,
  `orders_open_at` datetime(6) NOT NULL,
  `orders_close_at` datetime(6) NOT NULL,
  `payment` varchar(32) COLLATE ascii_bin NOT NULL,
  `deposit_bps` int(11) NOT NULL,
  `balance_due_on` date DEFAULT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `opened_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `closed_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `presale_of_merchant` (`merchant_id`,`id`),
  KEY `presale_of_product` (`product_id`,`state`),
  KEY `presale_opens` (`orders_open_at`),
  KEY `presale_closes` (`orders_close_at`),
  CONSTRAINT `presale_payment_known` CHECK (`payment` in ('FULL','DEPOSIT')),
  CONSTRAINT `presale_state_known` CHECK (`state` in ('OPEN','CLOSED')),
  CONSTRAINT `presale_days` CHECK (`first_on` <= `last_on`),
  CONSTRAINT `presale_orders` CHECK (`orders_open_at` < `orders_close_at`),
  CONSTRAINT `presale_deposit` CHECK (`payment` = 'DEPOSIT' = (`balance_due_on` is not null) and `payment` = 'DEPOSIT' = (`deposit_bps` > 0) and `deposit_bps` >= 0 and `deposit_bps` <= 2000),
  CONSTRAINT `presale_closed` CHECK (`state` = 'CLOSED' = (`closed_at` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `presale_day` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `presale_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `day` date NOT NULL,
  `capacity_g` int(11) NOT NULL,
  `reserved_g` int(11) NOT NULL,
  `shipped_g` int(11) NOT NULL,
  `announced_g` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `presale_day_once` (`presale_id`,`day`),
  CONSTRAINT `presale_day_capacity` CHECK (`reserved_g` >= 0 and `shipped_g` >= 0 and `reserved_g` + `shipped_g` <= `capacity_g`),
  CONSTRAINT `presale_day_announced` CHECK (`capacity_g` <= `announced_g`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `presale_order` (
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `presale_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `promised_on` date NOT NULL,
  `watch_on` date DEFAULT NULL,
  `remind_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`order_id`),
  KEY `presale_order_of_day` (`presale_id`,`promised_on`),
  KEY `presale_order_to_watch` (`watch_on`),
  KEY `presale_order_to_remind` (`remind_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `presale_variant` (
  `presale_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `net_weight_g` int(11) NOT NULL,
  `open_variant_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`presale_id`,`variant_id`),
  UNIQUE KEY `presale_variant_open` (`open_variant_id`),
  CONSTRAINT `presale_variant_weight` CHECK (`net_weight_g` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `price_change` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `price_fen` bigint(20) NOT NULL,
  `net_weight_g` int(11) NOT NULL,
  `grade` varchar(32) COLLATE ascii_bin NOT NULL,
  `reason` varchar(500) DEFAULT NULL,
  `set_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `changed_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `price_change_of_product` (`product_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `print_batch` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `carrier` varchar(32) COLLATE ascii_bin NOT NULL,
  `opened_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `opened_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `print_batch_once` (`merchant_id`,`idempotency_key`),
  KEY `print_batch_of_merchant` (`merchant_id`,`id`),
  CONSTRAINT `print_batch_carrier_known` CHECK (`carrier` in ('POST','SF','ZTO','YTO','STO','YUNDA','JT','JD'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `print_batch_item` (
  `print_batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `position` int(11) NOT NULL,
  `waybill_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`print_batch_id`,`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `procurement_contractor` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `unit_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `name` varchar(120) NOT NULL,
  `credit_code` varchar(18) COLLATE ascii_bin NOT NULL,
  `starts_on` date NOT NULL,
  `ends_before` date DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `procurement_contractor_once` (`unit_id`,`credit_code`,`starts_on`),
  CONSTRAINT `procurement_contractor_ends_after_start` CHECK (`ends_before` is null or `ends_before` > `starts_on`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `procurement_invoice_title` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `unit_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `title` varchar(120) NOT NULL,
  `tax_no` varchar(20) COLLATE ascii_bin NOT NULL,
  `added_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `added_at` datetime(6) NOT NULL,
  `ended_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `procurement_invoice_title_once` (`unit_id`,`tax_no`,`title`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `procurement_member` (
  `unit_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `user_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `role` varchar(32) COLLATE ascii_bin NOT NULL,
  `contractor_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `added_at` datetime(6) NOT NULL,
  `ended_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`unit_id`,`user_id`,`role`),
  KEY `procurement_member_of_user` (`user_id`),
  CONSTRAINT `procurement_member_role_known` CHECK (`role` in ('BUYER','APPROVER'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `procurement_unit` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `name` varchar(120) NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `division_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `credit_code` varchar(18) COLLATE ascii_bin NOT NULL,
  `invoice_title` varchar(120) NOT NULL,
  `tax_no` varchar(20) COLLATE ascii_bin NOT NULL,
  `canteen` varchar(32) COLLATE ascii_bin NOT NULL,
  `represented_by_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `parent_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `merged_into_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `merged_on` date DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `procurement_unit_once` (`credit_code`),
  KEY `procurement_unit_of_division` (`division_code`,`id`),
  KEY `procurement_unit_merged` (`merged_into_id`),
  CONSTRAINT `procurement_unit_kind_known` CHECK (`kind` in ('ADMINISTRATION','SCHOOL','HOSPITAL','UNION','STATE_ENTERPRISE','OTHER')),
  CONSTRAINT `procurement_unit_canteen_known` CHECK (`canteen` in ('OWN','OUTSOURCED','SHARED','NONE')),
  CONSTRAINT `procurement_unit_shares_with_somebody` CHECK (`canteen` = 'SHARED' = (`represented_by_id` is not null)),
  CONSTRAINT `procurement_unit_merged_whole` CHECK (`merged_into_id` is null = (`merged_on` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `product` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `category_code` varchar(32) COLLATE ascii_bin NOT NULL,
  `name` varchar(120) NOT NULL,
  `description` text NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `is_perishable` tinyint(1) NOT NULL,
  `season_from` tinyint(4) DEFAULT NULL,
  `season_to` tinyint(4) DEFAULT NULL,
  `price_from_fen` bigint(20) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `listed_at` datetime(6) NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  `jin_price_from_fen` bigint(20) NOT NULL DEFAULT 0,
  `sold_quantity` int(11) NOT NULL DEFAULT 0,
  `kind_code` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `product_list` (`state`,`listed_at`,`id`),
  KEY `product_list_of_county` (`state`,`origin_county_code`,`listed_at`,`id`),
  KEY `product_list_of_category` (`state`,`category_code`,`listed_at`,`id`),
  KEY `product_of_merchant` (`merchant_id`,`listed_at`,`id`),
  KEY `product_list_by_sold` (`state`,`sold_quantity`,`id`),
  KEY `product_list_by_price` (`state`,`price_from_fen`,`id`),
  KEY `product_list_by_jin_price` (`state`,`jin_price_from_fen`,`id`),
  KEY `product_facets` (`state`,`category_code`,`origin_county_code`,`price_from_fen`,`season_from`,`season_to`),
  CONSTRAINT `product_price_positive` CHECK (`price_from_fen` > 0),
  CONSTRAINT `product_state_known` CHECK (`state` in ('DRAFT','ON_SALE','OFF_SALE','WITHHELD'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `product_batch` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `trace_code` varchar(40) COLLATE ascii_bin NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `origin_village_code` varchar(12) COLLATE ascii_bin DEFAULT NULL,
  `linkage_agreement_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `harvested_on` date NOT NULL,
  `best_before_on` date DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `receivable_g` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `product_batch_trace_code` (`trace_code`),
  KEY `product_batch_of_product` (`product_id`,`harvested_on`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `product_listing` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `open_product_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `content` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`content`)),
  `base` longtext COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`base`)),
  `revision` int(11) NOT NULL,
  `name` varchar(120) NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `is_price_held` tinyint(1) NOT NULL,
  `created_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `submitted_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `submitted_at` datetime(6) DEFAULT NULL,
  `decided_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  `typed_by` longtext COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`typed_by`)),
  PRIMARY KEY (`id`),
  UNIQUE KEY `product_listing_once` (`merchant_id`,`idempotency_key`),
  UNIQUE KEY `product_listing_open` (`open_product_id`),
  KEY `product_listing_of` (`merchant_id`,`id`),
  KEY `product_listing_waiting` (`state`,`submitted_at`,`id`),
  KEY `product_listing_undecided` (`merchant_id`,`state`),
  CONSTRAINT `product_listing_state_known` CHECK (`state` in ('DRAFT','SUBMITTED','RETURNED','APPROVED','WITHDRAWN'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `product_listing_step` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `listing_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `act` varchar(32) COLLATE ascii_bin NOT NULL,
  `actor_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `reason` varchar(500) NOT NULL,
  `fields` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`fields`)),
  `at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `product_listing_step_of` (`listing_id`,`id`),
  CONSTRAINT `product_listing_act_known` CHECK (`act` in ('SUBMITTED','TAKEN_BACK','RETURNED','APPROVED','WITHDRAWN'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `product_photo` (
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `position` int(11) NOT NULL,
  `file_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`product_id`,`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `product_search` (
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `terms` text COLLATE ascii_bin NOT NULL,
  `indexed_at` datetime(6) NOT NULL DEFAULT current_timestamp(6),
  PRIMARY KEY (`product_id`),
  KEY `product_search_by_written` (`indexed_at`),
  FULLTEXT KEY `product_search_terms` (`terms`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `product_variant` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `sku` varchar(40) COLLATE ascii_bin NOT NULL,
  `name` varchar(80) NOT NULL,
  `net_weight_g` int(11) NOT NULL,
  `price_fen` bigint(20) NOT NULL,
  `position` int(11) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `grade` varchar(32) COLLATE ascii_bin NOT NULL DEFAULT 'UNGRADED',
  PRIMARY KEY (`id`),
  UNIQUE KEY `product_variant_sku` (`sku`),
  KEY `product_variant_of_product` (`product_id`,`position`),
  CONSTRAINT `product_variant_state_known` CHECK (`state` in ('ON_SALE','OFF_SALE')),
  CONSTRAINT `product_variant_weight_positive` CHECK (`net_weight_g` > 0),
  CONSTRAINT `product_variant_price_positive` CHECK (`price_fen` > 0),
  CONSTRAINT `product_variant_grade_known` CHECK (`grade` in ('EXTRA','FIRST','SECOND','UNGRADED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `promotion` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `name` varchar(60) NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `division_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `benefit` varchar(32) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `percent_bps` int(11) NOT NULL,
  `threshold_fen` bigint(20) NOT NULL,
  `budget_fen` bigint(20) DEFAULT NULL,
  `claimed_fen` bigint(20) NOT NULL,
  `spent_fen` bigint(20) NOT NULL,
  `person_max` int(11) NOT NULL,
  `is_exclusive` tinyint(1) NOT NULL,
  `claim_from` datetime(6) NOT NULL,
  `claim_until` datetime(6) NOT NULL,
  `valid_from` datetime(6) NOT NULL,
  `valid_until` datetime(6) NOT NULL,
  `approval_request_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `created_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `decided_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `promotion_idempotency` (`created_by`,`idempotency_key`),
  KEY `promotion_of_merchant` (`merchant_id`,`kind`,`state`,`valid_until`),
  KEY `promotion_by_end` (`state`,`valid_until`),
  CONSTRAINT `promotion_kind_known` CHECK (`kind` in ('PRICE_CUT','MERCHANT_COUPON','PLATFORM_COUPON','VOUCHER')),
  CONSTRAINT `promotion_state_known` CHECK (`state` in ('PROPOSED','PUBLISHED','REJECTED','WITHDRAWN','ENDED')),
  CONSTRAINT `promotion_benefit_known` CHECK (`benefit` in ('AMOUNT','PERCENT')),
  CONSTRAINT `promotion_whose` CHECK (`kind` in ('PRICE_CUT','MERCHANT_COUPON') = (`merchant_id` <> '') and `kind` = 'VOUCHER' = (`division_code` <> '')),
  CONSTRAINT `promotion_budgeted` CHECK (`kind` = 'PRICE_CUT' = (`budget_fen` is null)),
  CONSTRAINT `promotion_within_budget` CHECK (`spent_fen` >= 0 and `spent_fen` <= `claimed_fen` and `claimed_fen` <= coalesce(`budget_fen`,0)),
  CONSTRAINT `promotion_amounts` CHECK (`amount_fen` >= 0 and `percent_bps` >= 0 and `percent_bps` <= 10000 and `threshold_fen` >= 0 and `person_max` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `promotion_condition` (
  `promotion_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `axis` varchar(32) COLLATE ascii_bin NOT NULL,
  `value` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`promotion_id`,`axis`,`value`),
  CONSTRAINT `promotion_condition_axis_known` CHECK (`axis` in ('MERCHANT','PRODUCT','CATEGORY','ORIGIN','SALE_PLACE','CHANNEL'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `provider_day` (
  `day` date NOT NULL,
  `opening_fen` bigint(20) NOT NULL,
  `captured_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `disputed_fen` bigint(20) NOT NULL,
  `transferred_fen` bigint(20) NOT NULL,
  `bank_fen` bigint(20) NOT NULL,
  `other_fen` bigint(20) NOT NULL,
  `fee_fen` bigint(20) NOT NULL,
  `closing_fen` bigint(20) NOT NULL,
  `booked_fen` bigint(20) NOT NULL,
  `timing_fen` bigint(20) NOT NULL,
  `computed_at` datetime(6) NOT NULL,
  PRIMARY KEY (`day`),
  CONSTRAINT `provider_day_adds_up` CHECK (`closing_fen` = `opening_fen` + `captured_fen` + `refunded_fen` + `disputed_fen` + `transferred_fen` + `bank_fen` + `other_fen` + `fee_fen`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `provider_match` (
  `journal_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `movement_ref` varchar(80) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `movement_day` date NOT NULL,
  `journal_day` date NOT NULL,
  PRIMARY KEY (`journal_id`),
  KEY `provider_match_of_movement` (`movement_ref`),
  KEY `provider_match_by_movement_day` (`movement_day`),
  KEY `provider_match_by_journal_day` (`journal_day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `provider_movement` (
  `ref` varchar(80) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `provider_type` varchar(80) COLLATE ascii_bin NOT NULL,
  `subject_ref` varchar(120) COLLATE ascii_bin NOT NULL,
  `gross_fen` bigint(20) NOT NULL,
  `fee_fen` bigint(20) NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `day` date NOT NULL,
  `booked_fen` bigint(20) DEFAULT NULL,
  `matched_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`ref`),
  KEY `provider_movement_open` (`matched_at`,`ref`),
  KEY `provider_movement_of_subject` (`subject_ref`),
  KEY `provider_movement_by_day` (`day`,`kind`),
  KEY `provider_movement_by_time` (`created_at`),
  CONSTRAINT `provider_movement_kind_known` CHECK (`kind` in ('CAPTURE','REFUND','REFUND_FAILED','DISPUTE','DISPUTE_WON','TRANSFER','TRANSFER_BACK','BANK_PAYOUT','TOP_UP','OTHER'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `provider_notification` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `provider` varchar(32) COLLATE ascii_bin NOT NULL,
  `provider_event_id` varchar(120) COLLATE ascii_bin NOT NULL,
  `type` varchar(80) COLLATE ascii_bin NOT NULL,
  `object_id` varchar(120) COLLATE ascii_bin NOT NULL,
  `body` mediumtext NOT NULL,
  `received_at` datetime(6) NOT NULL,
  `outcome` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `provider_notification_once` (`provider`,`provider_event_id`),
  KEY `provider_notification_of_object` (`object_id`,`received_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `provider_sweep` (
  `provider` varchar(32) COLLATE ascii_bin NOT NULL,
  `swept_until` datetime(6) NOT NULL,
  PRIMARY KEY (`provider`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `purchase_gate` (
  `buyer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`buyer_id`,`variant_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `purchase_limit` (
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_max` int(11) DEFAULT NULL,
  `person_max` int(11) DEFAULT NULL,
  `period_days` int(11) DEFAULT NULL,
  `set_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `set_at` datetime(6) NOT NULL,
  PRIMARY KEY (`variant_id`),
  CONSTRAINT `purchase_limit_positive` CHECK ((`order_max` is null or `order_max` > 0) and (`person_max` is null or `person_max` > 0)),
  CONSTRAINT `purchase_limit_period` CHECK (`person_max` is null = (`period_days` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `range_offer` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `open_product_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `proposed_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `proposed_at` datetime(6) NOT NULL,
  `decided_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `decided_at` datetime(6) DEFAULT NULL,
  `reason` varchar(300) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `range_offer_open` (`channel_point_id`,`open_product_id`),
  KEY `range_offer_of_operator` (`operator_id`,`id`),
  KEY `range_offer_of_merchant` (`merchant_id`,`id`),
  CONSTRAINT `range_offer_state_known` CHECK (`state` in ('PROPOSED','AGREED','DECLINED','WITHDRAWN','ENDED')),
  CONSTRAINT `range_offer_open_while` CHECK (`open_product_id` is not null = `state` in ('PROPOSED','AGREED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `receivable` (
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `unit_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `division_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `buyer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `signed_on` date NOT NULL,
  `due_on` date NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `paid_on_time_fen` bigint(20) NOT NULL,
  `credited_fen` bigint(20) NOT NULL,
  `written_off_fen` bigint(20) NOT NULL,
  `open_fen` bigint(20) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `hold_ref` varchar(40) COLLATE ascii_bin NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  PRIMARY KEY (`order_id`),
  KEY `receivable_of_unit` (`unit_id`,`open_fen`,`due_on`),
  KEY `receivable_by_due_day` (`due_on`,`order_id`),
  CONSTRAINT `receivable_state_known` CHECK (`state` in ('OPEN','PARTLY_PAID','PAID','CREDITED','WRITTEN_OFF')),
  CONSTRAINT `receivable_sums` CHECK (`open_fen` = `amount_fen` - `paid_fen` - `credited_fen` - `written_off_fen`),
  CONSTRAINT `receivable_no_less_than_nothing` CHECK (`open_fen` >= 0 and `paid_fen` >= 0 and `credited_fen` >= 0 and `written_off_fen` >= 0 and `paid_on_time_fen` >= 0 and `paid_on_time_fen` <= `paid_fen`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `receivable_act` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `subject_ref` varchar(40) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `bank_ref` varchar(80) COLLATE ascii_bin NOT NULL,
  `reason` varchar(400) NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `requested_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `approval_request_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `requested_at` datetime(6) NOT NULL,
  `decided_at` datetime(6) DEFAULT NULL,
  `payback_ref` varchar(80) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `receivable_act_idempotency` (`requested_by`,`idempotency_key`),
  UNIQUE KEY `receivable_act_payback_once` (`payback_ref`),
  CONSTRAINT `receivable_act_kind_known` CHECK (`kind` in ('WRITE_OFF','RECEIPT_REVERSAL','CREDIT_PAYBACK')),
  CONSTRAINT `receivable_act_state_known` CHECK (`state` in ('REQUESTED','POSTED','REJECTED','WITHDRAWN')),
  CONSTRAINT `receivable_act_positive` CHECK (`amount_fen` > 0),
  CONSTRAINT `receivable_act_decided` CHECK (`state` = 'REQUESTED' = (`decided_at` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `receivable_entry` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `source_ref` varchar(40) COLLATE ascii_bin NOT NULL,
  `effective_on` date NOT NULL,
  `at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `receivable_entry_once` (`order_id`,`kind`,`source_ref`),
  CONSTRAINT `receivable_entry_kind_known` CHECK (`kind` in ('OPENED','PAID','REOPENED','CREDITED','WRITTEN_OFF')),
  CONSTRAINT `receivable_entry_positive` CHECK (`amount_fen` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `receivable_part` (
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `credited_fen` bigint(20) NOT NULL,
  `open_fen` bigint(20) NOT NULL,
  PRIMARY KEY (`order_id`,`merchant_id`),
  KEY `receivable_part_of_merchant` (`merchant_id`,`open_fen`),
  CONSTRAINT `receivable_part_within` CHECK (`credited_fen` >= 0 and `open_fen` >= 0 and `credited_fen` + `open_fen` <= `amount_fen`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `receivable_reminder` (
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `stage` varchar(32) COLLATE ascii_bin NOT NULL,
  `open_fen` bigint(20) NOT NULL,
  `made_at` datetime(6) NOT NULL,
  `sent_at` datetime(6) DEFAULT NULL,
  `next_try_at` datetime(6) DEFAULT NULL,
  `attempts` int(11) NOT NULL,
  PRIMARY KEY (`order_id`,`stage`),
  KEY `receivable_reminder_to_send` (`next_try_at`),
  CONSTRAINT `receivable_reminder_stage_known` CHECK (`stage` in ('DUE_SOON','DUE','OVERDUE_15','OVERDUE_30'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `reconciliation_break` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `check_name` varchar(32) COLLATE ascii_bin NOT NULL,
  `break_class` varchar(32) COLLATE ascii_bin NOT NULL,
  `subject` varchar(120) COLLATE ascii_bin NOT NULL,
  `expected_fen` bigint(20) DEFAULT NULL,
  `actual_fen` bigint(20) DEFAULT NULL,
  `detail` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`detail`)),
  `happened_at` datetime(6) NOT NULL,
  `first_seen_at` datetime(6) NOT NULL,
  `last_seen_at` datetime(6) NOT NULL,
  `last_run_no` bigint(20) NOT NULL,
  `vanished_at` datetime(6) DEFAULT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `owner_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `closed_at` datetime(6) DEFAULT NULL,
  `reason` varchar(2000) DEFAULT NULL,
  `journal_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `refund_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `open_key` varchar(190) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `reconciliation_break_open_once` (`open_key`),
  KEY `reconciliation_break_by_state` (`state`,`id`),
  KEY `reconciliation_break_of_subject` (`subject`,`check_name`,`break_class`,`id`),
  KEY `reconciliation_break_of_check` (`check_name`,`state`,`last_run_no`),
  CONSTRAINT `reconciliation_break_state_known` CHECK (`state` in ('OPEN','ASSIGNED','RESOLVED','AUTO_CLOSED')),
  CONSTRAINT `reconciliation_break_closed_or_open` CHECK (`state` in ('OPEN','ASSIGNED') = (`open_key` is not null) and `closed_at` is null = (`open_key` is not null) and `reason` is null = (`open_key` is not null)),
  CONSTRAINT `reconciliation_break_check_known` CHECK (`check_name` in ('TRIAL_BALANCE','CLEARING','ORDERS','PROVIDER_MONEY','PROVIDER_STATE','BANK','VOLUME','DELIVERIES','SEALS','SPLITS')),
  CONSTRAINT `reconciliation_break_class_known` CHECK (`break_class` in ('MISSING_INTERNAL','MISSING_EXTERNAL','AMOUNT','DUPLICATE','TIMING','UNKNOWN_TYPE','AMOUNT_MISMATCH','UNRETURNED','REVIEW','ALTERED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `reconciliation_break_step` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `break_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `act` varchar(32) COLLATE ascii_bin NOT NULL,
  `actor_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `note` varchar(2000) NOT NULL,
  `at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `reconciliation_break_step_of_break` (`break_id`,`id`),
  CONSTRAINT `reconciliation_break_step_act_known` CHECK (`act` in ('OPENED','CHANGED','VANISHED','RETURNED','ASSIGNED','NOTED','REFUND_REQUESTED','RESOLVED','AUTO_CLOSED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `reconciliation_check` (
  `name` varchar(32) COLLATE ascii_bin NOT NULL,
  `due_at` datetime(6) NOT NULL,
  `worked_at` datetime(6) NOT NULL,
  `run_no` bigint(20) NOT NULL DEFAULT 0,
  `run_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `fencing` int(11) NOT NULL DEFAULT 0,
  `leased_until` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`name`),
  KEY `reconciliation_check_due` (`due_at`),
  CONSTRAINT `reconciliation_check_name_known` CHECK (`name` in ('TRIAL_BALANCE','CLEARING','ORDERS','PROVIDER_MONEY','PROVIDER_STATE','BANK','VOLUME','DELIVERIES','SEALS','SPLITS'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `reconciliation_run` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `check_name` varchar(32) COLLATE ascii_bin NOT NULL,
  `run_no` bigint(20) NOT NULL,
  `covers_from` datetime(6) NOT NULL,
  `position` varchar(200) COLLATE ascii_bin DEFAULT NULL,
  `examined_count` bigint(20) NOT NULL DEFAULT 0,
  `matched_count` bigint(20) NOT NULL DEFAULT 0,
  `found_count` bigint(20) NOT NULL DEFAULT 0,
  `started_at` datetime(6) NOT NULL,
  `finished_at` datetime(6) DEFAULT NULL,
  `failure` varchar(500) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `reconciliation_run_of_check` (`check_name`,`finished_at`),
  CONSTRAINT `reconciliation_run_matched_within` CHECK (`matched_count` between 0 and `examined_count`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `reference_price` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `kind_code` varchar(32) COLLATE ascii_bin NOT NULL,
  `grade` varchar(32) COLLATE ascii_bin NOT NULL,
  `month_from` char(7) COLLATE ascii_bin NOT NULL,
  `month_to` char(7) COLLATE ascii_bin NOT NULL,
  `jin_price_fen` bigint(20) NOT NULL,
  `source` varchar(200) NOT NULL,
  `recorded_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `recorded_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `reference_price_once` (`recorded_by`,`idempotency_key`),
  KEY `reference_price_of_kind` (`kind_code`,`grade`,`id`),
  CONSTRAINT `reference_price_grade_known` CHECK (`grade` in ('EXTRA','FIRST','SECOND','UNGRADED')),
  CONSTRAINT `reference_price_months` CHECK (`month_from` <= `month_to`),
  CONSTRAINT `reference_price_positive` CHECK (`jin_price_fen` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `refund` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `payment_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `reason` varchar(32) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `provider_ref` varchar(80) COLLATE ascii_bin DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  `next_check_at` datetime(6) DEFAULT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL DEFAULT 'FULL',
  `channel` varchar(32) COLLATE ascii_bin NOT NULL DEFAULT 'PROVIDER',
  `borne_by` varchar(32) COLLATE ascii_bin NOT NULL DEFAULT 'SELLERS',
  `failure_code` varchar(80) COLLATE ascii_bin DEFAULT NULL,
  `requested_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `note` varchar(400) NOT NULL DEFAULT '',
  `idempotency_key` varchar(80) COLLATE ascii_bin DEFAULT NULL,
  `request_hash` binary(32) DEFAULT NULL,
  `key_no` int(11) NOT NULL DEFAULT 1,
  `key_tried_at` datetime(6) DEFAULT NULL,
  `for_ref` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `refund_provider_ref` (`provider_ref`),
  UNIQUE KEY `refund_idempotency` (`idempotency_key`),
  KEY `refund_of_payment` (`payment_id`),
  KEY `refund_of_order` (`order_id`),
  KEY `refund_to_check` (`next_check_at`),
  KEY `refund_by_state` (`state`,`id`),
  KEY `refund_by_reason` (`reason`,`id`),
  KEY `refund_of_reason_in_state` (`state`,`reason`,`payment_id`),
  KEY `refund_for` (`for_ref`),
  CONSTRAINT `refund_state_known` CHECK (`state` in ('REQUESTED','SENT','SUCCEEDED','FAILED')),
  CONSTRAINT `refund_kind_known` CHECK (`kind` in ('FULL','LINE','PARTIAL','FREIGHT','GOODWILL','AMOUNT')),
  CONSTRAINT `refund_bearer_known` CHECK (`borne_by` in ('SELLERS','PLATFORM')),
  CONSTRAINT `refund_channel_known` CHECK (`channel` in ('PROVIDER','MANUAL_BANK','DISPUTE','ON_ACCOUNT','NONE')),
  CONSTRAINT `refund_amount_positive` CHECK (`amount_fen` >= 0 and `amount_fen` = 0 = (`channel` = 'NONE')),
  CONSTRAINT `refund_reason_known` CHECK (`reason` in ('CANCELLED','AFTER_SALE','GOODWILL','LATE','DUPLICATE','MISMATCHED','PROVIDER','DISPUTE','CALLED_OFF'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `refund_funding` (
  `refund_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `promotion_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `coupon_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `funder` varchar(40) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  PRIMARY KEY (`refund_id`,`order_line_id`,`promotion_id`,`coupon_id`),
  CONSTRAINT `refund_funding_positive` CHECK (`amount_fen` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `refund_line` (
  `refund_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `goods_fen` bigint(20) NOT NULL,
  `freight_fen` bigint(20) NOT NULL,
  `quantity` int(11) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL DEFAULT 0,
  `compensated_quantity` int(11) NOT NULL DEFAULT 0,
  `is_for_units` tinyint(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (`refund_id`,`order_line_id`,`merchant_order_id`),
  KEY `refund_line_of_order_line` (`order_line_id`),
  CONSTRAINT `refund_line_subsidy_positive` CHECK (`subsidy_fen` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `reserved_share` (
  `unit_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `year` smallint(6) NOT NULL,
  `version` int(11) NOT NULL,
  `canteen_total_fen` bigint(20) NOT NULL,
  `reserved_fen` bigint(20) NOT NULL,
  `filed_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `filed_at` datetime(6) NOT NULL,
  PRIMARY KEY (`unit_id`,`year`,`version`),
  KEY `reserved_share_of_year` (`year`,`unit_id`),
  CONSTRAINT `reserved_share_within_total` CHECK (`reserved_fen` >= 0 and `canteen_total_fen` >= `reserved_fen`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `restock_need` (
  `stop_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `slot_code` varchar(8) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `fill_units` int(11) NOT NULL,
  `remove_units` int(11) NOT NULL,
  PRIMARY KEY (`stop_id`,`slot_code`),
  CONSTRAINT `restock_need_units` CHECK (`fill_units` >= 0 and `remove_units` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `restock_plan` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `content_hash` char(64) COLLATE ascii_bin NOT NULL,
  `left_out_cabinets` int(11) NOT NULL,
  `planned_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `planned_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `restock_plan_once` (`operator_id`,`idempotency_key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `restock_route` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `plan_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `day` date NOT NULL,
  `next_visit_on` date NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `distance_m` int(11) NOT NULL,
  `load_g` int(11) NOT NULL,
  `restocker_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `taken_at` datetime(6) DEFAULT NULL,
  `ended_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `restock_route_of_plan` (`plan_id`,`id`),
  KEY `restock_route_of_operator` (`operator_id`,`id`),
  CONSTRAINT `restock_route_state_known` CHECK (`state` in ('PLANNED','UNDER_WAY','DONE','CANCELLED')),
  CONSTRAINT `restock_route_taken` CHECK (`restocker_id` is null = (`taken_at` is null)),
  CONSTRAINT `restock_route_ended` CHECK (`ended_at` is null = `state` in ('PLANNED','UNDER_WAY'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `restock_stop` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `route_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `position` int(11) NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `open_cabinet_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `leg_m` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `restock_stop_in_order` (`route_id`,`position`),
  UNIQUE KEY `restock_stop_once` (`open_cabinet_id`),
  CONSTRAINT `restock_stop_state_known` CHECK (`state` in ('AHEAD','VISITED','SKIPPED')),
  CONSTRAINT `restock_stop_open` CHECK (`open_cabinet_id` is null = (`state` <> 'AHEAD'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `restock_visit` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `visit_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `route_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `visited_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `arrived_at` datetime(6) NOT NULL,
  `left_at` datetime(6) DEFAULT NULL,
  `scanned_at` datetime(6) DEFAULT NULL,
  `signature_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `note` varchar(500) NOT NULL,
  `submitted_at` datetime(6) NOT NULL,
  `measured_deci_celsius` int(11) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `restock_visit_once` (`visited_by`,`visit_key`),
  KEY `restock_visit_of_cabinet` (`cabinet_id`,`id`),
  KEY `restock_visit_of_operator` (`operator_id`,`id`),
  KEY `restock_visit_of_county` (`county_code`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `restock_visit_deed` (
  `visit_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `deed` varchar(32) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`visit_id`,`deed`),
  CONSTRAINT `restock_visit_deed_known` CHECK (`deed` in ('CLEANED','REPAIRED','INSPECTED','DISINFECTED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `restock_visit_photo` (
  `visit_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `photo_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`visit_id`,`photo_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `restock_visit_slot` (
  `visit_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `slot_code` varchar(8) COLLATE ascii_bin NOT NULL,
  `content_hash` char(64) COLLATE ascii_bin NOT NULL,
  `counted_at` datetime(6) NOT NULL,
  `counted_units` int(11) NOT NULL,
  `variance_units` int(11) NOT NULL,
  `removed_units` int(11) NOT NULL,
  `disposed_units` int(11) NOT NULL,
  `filled_units` int(11) NOT NULL,
  `is_superseded` tinyint(1) NOT NULL,
  PRIMARY KEY (`visit_id`,`slot_code`),
  CONSTRAINT `restock_visit_slot_units` CHECK (`counted_units` >= 0 and `removed_units` >= 0 and `disposed_units` >= 0 and `filled_units` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `review` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `buyer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `variant_name` varchar(80) NOT NULL,
  `rating` int(11) NOT NULL,
  `text` varchar(1000) NOT NULL,
  `shown_name` varchar(20) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `state_reason` varchar(200) NOT NULL,
  `moderated_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `reply` varchar(1000) DEFAULT NULL,
  `replied_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `replied_at` datetime(6) DEFAULT NULL,
  `posted_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `review_once` (`order_line_id`),
  KEY `review_of_product` (`product_id`,`state`,`id`),
  KEY `review_of_product_stars` (`product_id`,`state`,`rating`,`id`),
  KEY `review_of_buyer` (`buyer_id`,`id`),
  KEY `review_of_merchant` (`merchant_id`,`id`),
  KEY `review_queue` (`state`,`id`),
  CONSTRAINT `review_state_known` CHECK (`state` in ('SHOWN','HELD','HIDDEN')),
  CONSTRAINT `review_stars` CHECK (`rating` between 1 and 5),
  CONSTRAINT `review_hidden_with_reason` CHECK (`state` = 'SHOWN' = (`state_reason` = '')),
  CONSTRAINT `review_reply_signed` CHECK (`reply` is null = (`replied_at` is null) and `reply` is null = (`replied_by` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `review_photo` (
  `review_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `position` int(11) NOT NULL,
  `photo_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`review_id`,`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `review_summary` (
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `stars_1` int(11) NOT NULL,
  `stars_2` int(11) NOT NULL,
  `stars_3` int(11) NOT NULL,
  `stars_4` int(11) NOT NULL,
  `stars_5` int(11) NOT NULL,
  PRIMARY KEY (`product_id`),
  CONSTRAINT `review_summary_not_negative` CHECK (`stars_1` >= 0 and `stars_2` >= 0 and `stars_3` >= 0 and `stars_4` >= 0 and `stars_5` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `review_word` (
  `word` varchar(40) COLLATE utf8mb4_bin NOT NULL,
  `added_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `added_at` datetime(6) NOT NULL,
  PRIMARY KEY (`word`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `sale_fingerprint` (
  `fingerprint` char(64) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`fingerprint`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `seal` (
  `stream` varchar(32) COLLATE ascii_bin NOT NULL,
  `seq` bigint(20) NOT NULL,
  `subject_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `leaf_hash` binary(32) NOT NULL,
  `prev_hash` binary(32) NOT NULL,
  `hash` binary(32) NOT NULL,
  `sealed_at` datetime(6) NOT NULL,
  PRIMARY KEY (`stream`,`seq`),
  UNIQUE KEY `seal_once` (`stream`,`subject_id`),
  CONSTRAINT `seal_stream_known` CHECK (`stream` in ('JOURNAL','AUDIT','VOLUME')),
  CONSTRAINT `seal_seq_positive` CHECK (`seq` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `seal_checkpoint` (
  `stream` varchar(32) COLLATE ascii_bin NOT NULL,
  `day` date NOT NULL,
  `tree_size` bigint(20) NOT NULL,
  `merkle_root` binary(32) NOT NULL,
  `chain_hash` binary(32) NOT NULL,
  `key_id` varchar(8) COLLATE ascii_bin NOT NULL,
  `signature` binary(64) NOT NULL,
  `note` varchar(1000) NOT NULL,
  `created_at` datetime(6) NOT NULL,
  PRIMARY KEY (`stream`,`day`),
  CONSTRAINT `seal_checkpoint_stream_known` CHECK (`stream` in ('JOURNAL','AUDIT','VOLUME'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `seal_head` (
  `stream` varchar(32) COLLATE ascii_bin NOT NULL,
  `seq` bigint(20) NOT NULL,
  `hash` binary(32) NOT NULL,
  `token` bigint(20) NOT NULL,
  `leader` varchar(64) COLLATE ascii_bin NOT NULL,
  `leased_until` datetime(6) NOT NULL,
  PRIMARY KEY (`stream`),
  CONSTRAINT `seal_head_stream_known` CHECK (`stream` in ('JOURNAL','AUDIT','VOLUME'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `seal_key` (
  `key_id` varchar(8) COLLATE ascii_bin NOT NULL,
  `text` varchar(300) COLLATE ascii_bin NOT NULL,
  `first_used_at` datetime(6) NOT NULL,
  PRIMARY KEY (`key_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `seal_node` (
  `stream` varchar(32) COLLATE ascii_bin NOT NULL,
  `level` int(11) NOT NULL,
  `position` bigint(20) NOT NULL,
  `hash` binary(32) NOT NULL,
  PRIMARY KEY (`stream`,`level`,`position`),
  CONSTRAINT `seal_node_stream_known` CHECK (`stream` in ('JOURNAL','AUDIT','VOLUME'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `seal_reading` (
  `stream` varchar(32) COLLATE ascii_bin NOT NULL,
  `day` date NOT NULL,
  `from_seq` bigint(20) NOT NULL,
  `until_seq` bigint(20) NOT NULL,
  `next_seq` bigint(20) NOT NULL,
  `break_count` bigint(20) NOT NULL DEFAULT 0,
  `first_broken_seq` bigint(20) DEFAULT NULL,
  `started_at` datetime(6) NOT NULL,
  `finished_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`stream`,`day`),
  CONSTRAINT `seal_reading_stream_known` CHECK (`stream` in ('JOURNAL','AUDIT','VOLUME')),
  CONSTRAINT `seal_reading_within` CHECK (`from_seq` >= 1 and `next_seq` between `from_seq` and `until_seq` + 1),
  CONSTRAINT `seal_reading_broken_within` CHECK (`first_broken_seq` is null or `break_count` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `seal_waiting` (
  `stream` varchar(32) COLLATE ascii_bin NOT NULL,
  `subject_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `queued_at` datetime(6) NOT NULL,
  PRIMARY KEY (`stream`,`subject_id`),
  KEY `seal_waiting_oldest` (`stream`,`queued_at`),
  CONSTRAINT `seal_waiting_stream_known` CHECK (`stream` in ('JOURNAL','AUDIT','VOLUME'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `search_word` (
  `word` varchar(8) COLLATE utf8mb4_bin NOT NULL,
  `pinyin` varchar(24) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`word`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `seed_load` (
  `name` varchar(80) COLLATE ascii_bin NOT NULL,
  `content_hash` binary(32) NOT NULL,
  `loaded_at` datetime(6) NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `sell_through` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `month` date NOT NULL,
  `open_month` date DEFAULT NULL,
  `file_name` varchar(120) NOT NULL,
  `content_hash` binary(32) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `row_count` int(11) NOT NULL,
  `faulty_count` int(11) NOT NULL,
  `new_count` int(11) NOT NULL,
  `changed_count` int(11) NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `reason` varchar(300) NOT NULL,
  `taken_through` int(11) NOT NULL,
  `created_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `confirmed_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `confirmed_at` datetime(6) DEFAULT NULL,
  `done_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `sell_through_open` (`operator_id`,`open_month`),
  KEY `sell_through_of_operator` (`operator_id`,`id`),
  KEY `sell_through_to_do` (`state`,`id`),
  CONSTRAINT `sell_through_state_known` CHECK (`state` in ('CHECKED','CONFIRMED','DONE')),
  CONSTRAINT `sell_through_open_while` CHECK (`open_month` is null = (`state` = 'DONE'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `sell_through_chunk` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `sell_through_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `content` mediumtext NOT NULL,
  `counted_at` datetime(6) DEFAULT NULL,
  `rejected_count` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `sell_through_chunk_to_do` (`counted_at`,`id`),
  KEY `sell_through_chunk_of` (`sell_through_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `sell_through_line` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `month` date NOT NULL,
  `row_key` varchar(64) COLLATE utf8mb4_bin NOT NULL,
  `revision` int(11) NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `sold_on` date NOT NULL,
  `quantity` int(11) NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `short_units` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `sell_through_line_once` (`operator_id`,`month`,`row_key`),
  KEY `sell_through_line_of_merchant` (`merchant_id`,`month`,`channel_point_id`,`variant_id`),
  CONSTRAINT `sell_through_line_whole` CHECK (`quantity` >= 0 and `amount_fen` >= 0 and `short_units` >= 0 and `short_units` <= `quantity`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `sell_through_part` (
  `line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `revision` int(11) NOT NULL,
  `part_no` int(11) NOT NULL,
  `batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `quantity` int(11) NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  PRIMARY KEY (`line_id`,`revision`,`part_no`),
  CONSTRAINT `sell_through_part_some` CHECK (`quantity` > 0 and `amount_fen` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `sell_through_row` (
  `sell_through_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `row_no` int(11) NOT NULL,
  `cells` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`cells`)),
  `faults` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`faults`)),
  `outcome` varchar(32) COLLATE ascii_bin NOT NULL,
  `row_key` varchar(64) COLLATE utf8mb4_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `sold_on` date DEFAULT NULL,
  `quantity` int(11) NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  PRIMARY KEY (`sell_through_id`,`row_no`),
  CONSTRAINT `sell_through_row_outcome_known` CHECK (`outcome` in ('NEW','CHANGED','SAME','FAULTY'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `service_fee_bill` (
  `statement_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `month` char(7) COLLATE ascii_bin NOT NULL,
  `fee_fen` bigint(20) NOT NULL,
  `blue_fen` bigint(20) NOT NULL,
  `red_fen` bigint(20) NOT NULL,
  `billed_at` datetime(6) NOT NULL,
  PRIMARY KEY (`statement_id`),
  UNIQUE KEY `service_fee_bill_month` (`merchant_id`,`month`),
  KEY `service_fee_bill_of_month` (`month`,`merchant_id`),
  CONSTRAINT `service_fee_bill_whole` CHECK (`fee_fen` = `blue_fen` - `red_fen` and `blue_fen` >= 0 and `red_fen` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `session` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `user_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `refresh_hash` binary(32) NOT NULL,
  `previous_refresh_hash` binary(32) DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `refreshed_at` datetime(6) NOT NULL,
  `expires_at` datetime(6) NOT NULL,
  `revoked_at` datetime(6) DEFAULT NULL,
  `user_agent` varchar(200) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `session_refresh` (`refresh_hash`),
  KEY `session_previous_refresh` (`previous_refresh_hash`),
  KEY `session_of_user` (`user_id`,`created_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `share_hold` (
  `case_ref` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `reason` varchar(32) COLLATE ascii_bin NOT NULL,
  `placed_at` datetime(6) NOT NULL,
  `lifted_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`case_ref`,`order_id`,`line_id`),
  KEY `share_hold_of_order` (`order_id`,`lifted_at`),
  CONSTRAINT `share_hold_reason_known` CHECK (`reason` in ('DISPUTE','AFTER_SALE','RECEIVABLE'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `sheet_import` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `reference` varchar(60) NOT NULL DEFAULT '',
  `content_hash` binary(32) NOT NULL,
  `file_name` varchar(120) NOT NULL,
  `file_sha256` char(64) COLLATE ascii_bin DEFAULT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `row_count` int(11) NOT NULL,
  `brought_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `confirmed_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `checked_at` datetime(6) NOT NULL,
  `confirmed_at` datetime(6) DEFAULT NULL,
  `finished_at` datetime(6) DEFAULT NULL,
  `lease_until` datetime(6) DEFAULT NULL,
  `forgotten_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `sheet_import_once` (`merchant_id`,`kind`,`content_hash`,`reference`),
  KEY `sheet_import_of_merchant` (`merchant_id`,`id`),
  KEY `sheet_import_at_work` (`state`,`confirmed_at`,`id`),
  KEY `sheet_import_to_forget` (`forgotten_at`,`checked_at`),
  KEY `sheet_import_file` (`file_sha256`),
  CONSTRAINT `sheet_import_state_known` CHECK (`state` in ('CHECKED','RUNNING','STOPPED','DONE','DISCARDED')),
  CONSTRAINT `sheet_import_kind_known` CHECK (`kind` in ('PRODUCTS','SHIPMENTS','HOUSEHOLDS','BATCHES','STOCK'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `sheet_import_row` (
  `import_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `row_no` int(11) NOT NULL,
  `entry_no` int(11) NOT NULL,
  `cells` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`cells`)),
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `effect` varchar(32) COLLATE ascii_bin NOT NULL,
  `faults` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`faults`)),
  `subject_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `attempts` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`import_id`,`row_no`),
  KEY `sheet_import_row_to_do` (`import_id`,`state`,`entry_no`),
  KEY `sheet_import_row_of_entry` (`import_id`,`entry_no`),
  CONSTRAINT `sheet_import_row_state_known` CHECK (`state` in ('FAULTY','WAITING','DONE','REFUSED')),
  CONSTRAINT `sheet_import_row_effect_known` CHECK (`effect` in ('CREATE','CHANGE','REVIEW','NOTHING'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `sign_in_code` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `phone` varchar(20) COLLATE ascii_bin NOT NULL,
  `code_hash` binary(32) NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `expires_at` datetime(6) NOT NULL,
  `failed_attempts` int(11) NOT NULL DEFAULT 0,
  `consumed_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `sign_in_code_latest` (`phone`,`created_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `slot_count` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `slot_code` varchar(8) COLLATE ascii_bin NOT NULL,
  `cause_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `expected_units` int(11) NOT NULL,
  `counted_units` int(11) NOT NULL,
  `counted_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `counted_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `slot_count_once` (`cabinet_id`,`slot_code`,`cause_key`),
  CONSTRAINT `slot_count_not_negative` CHECK (`expected_units` >= 0 and `counted_units` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `slot_lock` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `slot_code` varchar(8) COLLATE ascii_bin NOT NULL,
  `open_slot_code` varchar(8) COLLATE ascii_bin DEFAULT NULL,
  `reason` varchar(32) COLLATE ascii_bin NOT NULL,
  `detail` varchar(200) NOT NULL,
  `locked_at` datetime(6) NOT NULL,
  `locked_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `released_at` datetime(6) DEFAULT NULL,
  `released_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `slot_lock_once` (`cabinet_id`,`open_slot_code`,`reason`),
  CONSTRAINT `slot_lock_reason_known` CHECK (`reason` in ('EXPIRED','TEMPERATURE','FAULT','OPERATOR')),
  CONSTRAINT `slot_lock_open` CHECK (`released_at` is null = (`open_slot_code` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `slot_loss` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `slot_code` varchar(8) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cause_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `units` int(11) NOT NULL,
  `lost_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `slot_loss_once` (`cause_key`,`slot_code`,`variant_id`),
  KEY `slot_loss_of_cabinet` (`cabinet_id`,`lost_at`),
  CONSTRAINT `slot_loss_positive` CHECK (`units` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `split_fee` (
  `movement_ref` varchar(80) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `payment_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `fee_fen` bigint(20) NOT NULL,
  `borne_fen` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`movement_ref`),
  KEY `split_fee_of_order` (`order_id`,`payment_id`),
  CONSTRAINT `split_fee_borne_within` CHECK (`fee_fen` > 0 and `borne_fen` between 0 and `fee_fen`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `split_line` (
  `line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `base_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `channel_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `is_certified` tinyint(1) NOT NULL,
  `fee_bearer` varchar(32) COLLATE ascii_bin NOT NULL,
  `payment_id` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  PRIMARY KEY (`line_id`),
  KEY `split_line_of_order` (`order_id`),
  CONSTRAINT `split_line_base_positive` CHECK (`base_fen` > 0),
  CONSTRAINT `split_line_subsidy_within` CHECK (`subsidy_fen` between 0 and `base_fen`),
  CONSTRAINT `split_line_fee_bearer_known` CHECK (`fee_bearer` in ('PLATFORM','SELLER'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `split_provider` (
  `code` varchar(32) COLLATE ascii_bin NOT NULL,
  `is_used` tinyint(1) NOT NULL,
  `non_seller_max_bps` int(11) DEFAULT NULL,
  PRIMARY KEY (`code`),
  CONSTRAINT `split_provider_limit_is_a_part` CHECK (`non_seller_max_bps` between 0 and 10000)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `split_reversal` (
  `refund_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `rank_no` int(11) NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `taken_from` varchar(32) COLLATE ascii_bin NOT NULL,
  `undone_at` datetime(6) DEFAULT NULL,
  `clawback_fen` bigint(20) NOT NULL DEFAULT 0,
  `absorbed_fen` bigint(20) NOT NULL DEFAULT 0,
  PRIMARY KEY (`refund_id`,`line_id`,`rank_no`),
  KEY `split_reversal_of_share` (`line_id`,`rank_no`),
  CONSTRAINT `split_reversal_amount_positive` CHECK (`amount_fen` > 0),
  CONSTRAINT `split_reversal_source_known` CHECK (`taken_from` in ('HELD','AVAILABLE')),
  CONSTRAINT `split_reversal_parts_within` CHECK (`clawback_fen` >= 0 and `absorbed_fen` >= 0 and `clawback_fen` + `absorbed_fen` <= `amount_fen`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `split_rule` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `version` int(11) DEFAULT NULL,
  `channel_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `merchant_bps` int(11) NOT NULL,
  `household_bps` int(11) NOT NULL,
  `platform_bps` int(11) NOT NULL,
  `operator_bps` int(11) NOT NULL,
  `fund_bps` int(11) NOT NULL,
  `effective_from` datetime(6) NOT NULL,
  `scope_key` varchar(80) COLLATE ascii_bin NOT NULL DEFAULT '*',
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  `fee_bearer` varchar(32) COLLATE ascii_bin NOT NULL DEFAULT 'PLATFORM',
  `state` varchar(32) COLLATE ascii_bin NOT NULL DEFAULT 'PUBLISHED',
  `created_by` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  `created_at` datetime(6) NOT NULL DEFAULT '2018-12-31 16:00:00.000000',
  `idempotency_key` varchar(64) COLLATE ascii_bin DEFAULT NULL,
  `approval_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `split_rule_version_of_scope` (`scope_key`,`version`),
  UNIQUE KEY `split_rule_drafted_once` (`idempotency_key`),
  KEY `split_rule_in_force` (`scope_key`,`state`,`effective_from`),
  CONSTRAINT `split_rule_makes_the_whole` CHECK (`merchant_bps` >= 0 and `household_bps` >= 0 and `platform_bps` >= 0 and `operator_bps` >= 0 and `fund_bps` >= 0 and `merchant_bps` + `household_bps` + `platform_bps` + `operator_bps` + `fund_bps` = 10000),
  CONSTRAINT `split_rule_state_known` CHECK (`state` in ('DRAFT','PROPOSED','PUBLISHED','REJECTED','WITHDRAWN')),
  CONSTRAINT `split_rule_fee_bearer_known` CHECK (`fee_bearer` in ('PLATFORM','SELLER')),
  CONSTRAINT `split_rule_versions_are_published` CHECK (`state` = 'PUBLISHED' = (`version` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `split_share` (
  `line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `rank_no` int(11) NOT NULL,
  `merchant_order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `rule_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `payee_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `payee_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `share_fen` bigint(20) NOT NULL,
  `reversed_fen` bigint(20) NOT NULL DEFAULT 0,
  `released_fen` bigint(20) NOT NULL DEFAULT 0,
  `released_at` datetime(6) DEFAULT NULL,
  `assigned_fen` bigint(20) NOT NULL DEFAULT 0,
  `fee_fen` bigint(20) NOT NULL DEFAULT 0,
  `due_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`line_id`,`rank_no`),
  KEY `split_share_of_merchant_order` (`merchant_order_id`),
  KEY `split_share_of_order` (`order_id`),
  KEY `split_share_of_payee` (`payee_kind`,`payee_id`),
  CONSTRAINT `split_share_never_over` CHECK (`share_fen` >= 0 and `reversed_fen` >= 0 and `released_fen` >= 0 and `reversed_fen` <= `share_fen` and `released_fen` <= `share_fen`),
  CONSTRAINT `split_share_payee_known` CHECK (`payee_kind` in ('MERCHANT','HOUSEHOLD','HOUSEHOLD_POOL','PLATFORM','OPERATOR','FUND','CONTRIBUTION')),
  CONSTRAINT `split_share_parts_within` CHECK (`assigned_fen` >= 0 and `fee_fen` >= 0 and `reversed_fen` + `assigned_fen` + `fee_fen` <= `share_fen`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `statement` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `payee_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `payee_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `from_on` date NOT NULL,
  `to_on` date NOT NULL,
  `month` char(7) COLLATE ascii_bin DEFAULT NULL,
  `requested_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `statement_once` (`payee_id`,`kind`,`from_on`,`to_on`),
  UNIQUE KEY `statement_month_once` (`payee_id`,`month`),
  KEY `statement_of_payee` (`payee_id`,`id`),
  KEY `statement_of_month` (`month`,`id`),
  CONSTRAINT `statement_payee_kind_known` CHECK (`payee_kind` in ('MERCHANT','HOUSEHOLD','OPERATOR','FUND')),
  CONSTRAINT `statement_kind_known` CHECK (`kind` in ('MONTHLY','ON_DEMAND')),
  CONSTRAINT `statement_days_in_order` CHECK (`from_on` <= `to_on`),
  CONSTRAINT `statement_month_of_monthly` CHECK (`kind` = 'MONTHLY' = (`month` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `statement_balance` (
  `statement_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `held_opening_fen` bigint(20) NOT NULL,
  `available_opening_fen` bigint(20) NOT NULL,
  `owed_opening_fen` bigint(20) NOT NULL,
  `held_closing_fen` bigint(20) NOT NULL,
  `available_closing_fen` bigint(20) NOT NULL,
  `owed_closing_fen` bigint(20) NOT NULL,
  `line_count` int(11) NOT NULL,
  `next_journal_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `checked_at` datetime(6) NOT NULL,
  PRIMARY KEY (`statement_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `statement_document` (
  `statement_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `rev` int(11) NOT NULL,
  `payee_name` varchar(160) NOT NULL,
  `checkpoint_day` date DEFAULT NULL,
  `checkpoint_size` bigint(20) DEFAULT NULL,
  `checkpoint_root` char(64) COLLATE ascii_bin DEFAULT NULL,
  `proven_journal_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `qr_text` text COLLATE ascii_bin DEFAULT NULL,
  `dated_at` datetime(6) NOT NULL,
  PRIMARY KEY (`statement_id`,`rev`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `statement_file` (
  `statement_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `rev` int(11) NOT NULL,
  `format` varchar(32) COLLATE ascii_bin NOT NULL,
  `name` varchar(120) COLLATE ascii_bin NOT NULL,
  `sha256` char(64) COLLATE ascii_bin NOT NULL,
  `size_bytes` int(11) NOT NULL,
  `made_at` datetime(6) NOT NULL,
  PRIMARY KEY (`statement_id`,`rev`,`format`),
  CONSTRAINT `statement_file_format_known` CHECK (`format` in ('PDF','CSV'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `statement_line` (
  `statement_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `journal_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `part_no` int(11) NOT NULL,
  `chained_payee_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `journal_kind` varchar(48) COLLATE ascii_bin NOT NULL,
  `subject` varchar(80) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `wording` varchar(200) NOT NULL,
  `gross_fen` bigint(20) DEFAULT NULL,
  `held_fen` bigint(20) NOT NULL,
  `available_fen` bigint(20) NOT NULL,
  `owed_fen` bigint(20) NOT NULL,
  `effective_at` datetime(6) NOT NULL,
  `is_late` tinyint(1) NOT NULL,
  `fee_fen` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`statement_id`,`journal_id`,`part_no`),
  UNIQUE KEY `statement_line_once` (`chained_payee_id`,`journal_id`,`part_no`),
  KEY `statement_line_in_order` (`statement_id`,`effective_at`,`journal_id`,`part_no`),
  KEY `statement_line_of_order` (`chained_payee_id`,`order_id`),
  CONSTRAINT `statement_line_kind_known` CHECK (`kind` in ('SALE','RELEASE','REFUND','REFUND_FAILED','FEE','FEE_RETURNED','CLAWBACK','DISPUTE','POOL','PAYOUT','PAYOUT_RETURNED','ADJUSTMENT','OTHER'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `statement_revision` (
  `statement_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `rev` int(11) NOT NULL,
  `number` varchar(80) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `reason` varchar(200) DEFAULT NULL,
  `requested_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `requested_at` datetime(6) NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin DEFAULT NULL,
  `next_try_at` datetime(6) DEFAULT NULL,
  `tries` int(11) NOT NULL DEFAULT 0,
  `fault_account` varchar(160) COLLATE ascii_bin DEFAULT NULL,
  `fault_fen` bigint(20) DEFAULT NULL,
  `issued_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`statement_id`,`rev`),
  UNIQUE KEY `statement_revision_number` (`number`),
  UNIQUE KEY `statement_revision_idempotency` (`statement_id`,`idempotency_key`),
  KEY `statement_revision_due` (`next_try_at`,`statement_id`),
  CONSTRAINT `statement_revision_state_known` CHECK (`state` in ('ISSUING','REFUSED','ISSUED')),
  CONSTRAINT `statement_revision_rev_positive` CHECK (`rev` > 0),
  CONSTRAINT `statement_revision_reasoned` CHECK (`rev` = 1 or `reason` is not null),
  CONSTRAINT `statement_revision_done` CHECK (`state` = 'ISSUED' = (`issued_at` is not null) and `state` = 'ISSUED' = (`next_try_at` is null)),
  CONSTRAINT `statement_revision_fault` CHECK (`state` = 'REFUSED' = (`fault_account` is not null) and `fault_account` is null = (`fault_fen` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `statement_run` (
  `month` char(7) COLLATE ascii_bin NOT NULL,
  `reached_code` varchar(160) COLLATE ascii_bin NOT NULL,
  `statement_count` int(11) NOT NULL,
  `started_at` datetime(6) NOT NULL,
  `finished_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`month`),
  KEY `statement_run_open` (`finished_at`,`month`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `statement_total` (
  `statement_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `line_count` int(11) NOT NULL,
  `gross_fen` bigint(20) NOT NULL,
  `held_fen` bigint(20) NOT NULL,
  `available_fen` bigint(20) NOT NULL,
  `owed_fen` bigint(20) NOT NULL,
  PRIMARY KEY (`statement_id`,`kind`),
  CONSTRAINT `statement_total_kind_known` CHECK (`kind` in ('SALE','RELEASE','REFUND','REFUND_FAILED','FEE','FEE_RETURNED','CLAWBACK','DISPUTE','POOL','PAYOUT','PAYOUT_RETURNED','ADJUSTMENT','OTHER'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stock_count` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `open_place` varchar(90) COLLATE ascii_bin DEFAULT NULL,
  `note` varchar(400) NOT NULL,
  `value_fen` bigint(20) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `opened_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `opened_at` datetime(6) NOT NULL,
  `posted_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `approval_request_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `ended_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `stock_count_open_once` (`open_place`),
  KEY `stock_count_of_merchant` (`merchant_id`,`id`),
  CONSTRAINT `stock_count_state_known` CHECK (`state` in ('OPEN','REQUESTED','POSTED','DISCARDED')),
  CONSTRAINT `stock_count_goes_on` CHECK (`state` in ('OPEN','REQUESTED') = (`open_place` is not null)),
  CONSTRAINT `stock_count_ended` CHECK (`open_place` is null = (`ended_at` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stock_count_line` (
  `count_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `best_before_on` date NOT NULL,
  `counted_units` int(11) NOT NULL,
  `counted_at` datetime(6) NOT NULL,
  `counted_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `difference` int(11) DEFAULT NULL,
  `adjusted` int(11) DEFAULT NULL,
  PRIMARY KEY (`count_id`,`variant_id`,`batch_id`),
  CONSTRAINT `stock_count_line_units` CHECK (`counted_units` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stock_level` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `location_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `best_before_on` date NOT NULL,
  `on_hand` int(11) NOT NULL,
  `reserved` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `stock_level_once` (`variant_id`,`location_id`,`batch_id`),
  KEY `stock_level_first_expired` (`variant_id`,`best_before_on`),
  KEY `stock_level_of_location` (`location_id`,`best_before_on`),
  KEY `stock_level_of_batch` (`batch_id`),
  CONSTRAINT `stock_level_never_oversold` CHECK (`reserved` >= 0 and `reserved` <= `on_hand`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stock_location` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `name` varchar(120) NOT NULL,
  `slot_code` varchar(8) COLLATE ascii_bin NOT NULL DEFAULT '',
  `longitude` decimal(9,6) DEFAULT NULL,
  `latitude` decimal(9,6) DEFAULT NULL,
  `van_route_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `held_for` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `stock_location_warehouse` (`merchant_id`),
  UNIQUE KEY `stock_location_slot` (`channel_point_id`,`slot_code`),
  UNIQUE KEY `stock_location_van` (`van_route_id`),
  UNIQUE KEY `stock_location_held` (`held_for`),
  CONSTRAINT `stock_location_position` CHECK (`longitude` is null = (`latitude` is null)),
  CONSTRAINT `stock_location_of_van` CHECK (`kind` = 'VAN' = (`van_route_id` is not null)),
  CONSTRAINT `stock_location_kind_known` CHECK (`kind` in ('WAREHOUSE','SHELF','VAN','HELD')),
  CONSTRAINT `stock_location_of_held` CHECK (`kind` = 'HELD' = (`held_for` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stock_movement` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `stock_level_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `quantity` int(11) NOT NULL,
  `cause_key` varchar(120) COLLATE ascii_bin NOT NULL,
  `moved_at` datetime(6) NOT NULL,
  `moved_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `stock_movement_once` (`stock_level_id`,`cause_key`),
  KEY `stock_movement_of_time` (`stock_level_id`,`moved_at`),
  CONSTRAINT `stock_movement_kind_known` CHECK (`kind` in ('RECEIVED','SHIPPED','COUNTED','RETURNED','MOVED','DISPOSED','GIVEN_BACK'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stock_reservation` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `stock_level_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `quantity` int(11) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `created_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `stock_reservation_of_line` (`order_line_id`),
  KEY `stock_reservation_of_order` (`order_id`,`state`),
  KEY `stock_reservation_of_level` (`stock_level_id`),
  CONSTRAINT `stock_reservation_state_known` CHECK (`state` in ('HELD','SHIPPED','RELEASED')),
  CONSTRAINT `stock_reservation_quantity_positive` CHECK (`quantity` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stock_threshold` (
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `units` int(11) NOT NULL,
  `set_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `set_at` datetime(6) NOT NULL,
  `low_since` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`variant_id`,`channel_point_id`),
  KEY `stock_threshold_low` (`merchant_id`,`low_since`),
  CONSTRAINT `stock_threshold_units` CHECK (`units` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stock_transfer` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `from_point_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `to_point_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `note` varchar(400) NOT NULL,
  `cause_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `content_hash` char(64) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `drafted_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `drafted_at` datetime(6) NOT NULL,
  `sent_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `sent_at` datetime(6) DEFAULT NULL,
  `ended_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `stock_transfer_once` (`merchant_id`,`cause_key`),
  KEY `stock_transfer_of_merchant` (`merchant_id`,`id`),
  CONSTRAINT `stock_transfer_state_known` CHECK (`state` in ('DRAFT','SENT','RECEIVED','CANCELLED')),
  CONSTRAINT `stock_transfer_ended` CHECK (`state` in ('DRAFT','SENT') = (`ended_at` is null)),
  CONSTRAINT `stock_transfer_somewhere` CHECK (`from_point_id` is not null or `to_point_id` is not null)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stock_transfer_line` (
  `transfer_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `best_before_on` date NOT NULL,
  `quantity` int(11) NOT NULL,
  `received_units` int(11) NOT NULL,
  `lost_units` int(11) NOT NULL,
  `returned_units` int(11) NOT NULL,
  PRIMARY KEY (`transfer_id`,`variant_id`,`batch_id`),
  CONSTRAINT `stock_transfer_line_units` CHECK (`quantity` > 0 and `received_units` >= 0 and `lost_units` >= 0 and `returned_units` >= 0 and `received_units` + `lost_units` + `returned_units` <= `quantity`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stock_write_off` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `transfer_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `why` varchar(32) COLLATE ascii_bin NOT NULL,
  `note` varchar(400) NOT NULL,
  `value_fen` bigint(20) NOT NULL,
  `cause_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `content_hash` char(64) COLLATE ascii_bin NOT NULL,
  `requested_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `approval_request_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `requested_at` datetime(6) NOT NULL,
  `decided_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `stock_write_off_once` (`merchant_id`,`cause_key`),
  KEY `stock_write_off_of_merchant` (`merchant_id`,`id`),
  KEY `stock_write_off_of_transfer` (`transfer_id`),
  CONSTRAINT `stock_write_off_state_known` CHECK (`state` in ('REQUESTED','BOOKED','REJECTED','WITHDRAWN')),
  CONSTRAINT `stock_write_off_why_known` CHECK (`why` in ('SPOILED','DAMAGED','GIVEN_AWAY','SAMPLE','LOST','OTHER')),
  CONSTRAINT `stock_write_off_decided` CHECK (`state` = 'REQUESTED' = (`decided_at` is null)),
  CONSTRAINT `stock_write_off_place` CHECK (`channel_point_id` is null or `transfer_id` is null)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stock_write_off_line` (
  `write_off_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `best_before_on` date NOT NULL,
  `quantity` int(11) NOT NULL,
  PRIMARY KEY (`write_off_id`,`variant_id`,`batch_id`),
  CONSTRAINT `stock_write_off_line_units` CHECK (`quantity` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stored_file` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `sha256` char(64) COLLATE ascii_bin NOT NULL,
  `size_bytes` int(11) NOT NULL,
  `media_type` varchar(40) COLLATE ascii_bin NOT NULL,
  `name` varchar(120) NOT NULL,
  `uploaded_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `uploaded_at` datetime(6) NOT NULL,
  `attached_at` datetime(6) DEFAULT NULL,
  `holder` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `stored_file_same` (`sha256`),
  KEY `stored_file_unattached` (`attached_at`,`uploaded_at`),
  KEY `stored_file_of_person` (`uploaded_by`,`uploaded_at`),
  CONSTRAINT `stored_file_within` CHECK (`size_bytes` between 1 and 10485760)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `suspected_duplicate` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `subject_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `subject_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `fact_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `reason` varchar(500) DEFAULT NULL,
  `decided_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `decided_at` datetime(6) DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `suspected_duplicate_once` (`line_id`,`fact_id`),
  KEY `suspected_duplicate_of_subject` (`subject_id`),
  KEY `suspected_duplicate_queue` (`state`,`id`),
  CONSTRAINT `suspected_duplicate_kind_known` CHECK (`subject_kind` in ('CLAIM','INTAKE_ROW')),
  CONSTRAINT `suspected_duplicate_state_known` CHECK (`state` in ('HELD','CLEARED','CONFIRMED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `tax_treatment` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `subject` varchar(32) COLLATE ascii_bin NOT NULL,
  `category_code` varchar(32) COLLATE ascii_bin NOT NULL,
  `effective_on` date NOT NULL,
  `revision` int(11) NOT NULL,
  `treatment` varchar(32) COLLATE ascii_bin NOT NULL,
  `rate_bps` int(11) DEFAULT NULL,
  `reason` varchar(400) NOT NULL,
  `set_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `set_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `tax_treatment_once` (`merchant_id`,`subject`,`category_code`,`effective_on`,`revision`),
  CONSTRAINT `tax_treatment_known` CHECK (`treatment` in ('SELF_PRODUCED_EXEMPT','STANDARD','SMALL_SCALE')),
  CONSTRAINT `tax_treatment_category` CHECK (`subject` = 'CATEGORY' = (`category_code` <> '')),
  CONSTRAINT `tax_treatment_rated` CHECK (`treatment` = 'SELF_PRODUCED_EXEMPT' = (`rate_bps` is null) and (`rate_bps` is null or `rate_bps` between 0 and 10000)),
  CONSTRAINT `tax_treatment_revised` CHECK (`revision` > 0),
  CONSTRAINT `tax_treatment_subject_known` CHECK (`subject` in ('GOODS','CATEGORY','FREIGHT','SERVICE')),
  CONSTRAINT `tax_treatment_service` CHECK (`subject` = 'SERVICE' = (`merchant_id` = 'platform'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `team_invitation` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `role` varchar(32) COLLATE ascii_bin NOT NULL,
  `phone` varchar(20) DEFAULT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `open_phone` varchar(20) DEFAULT NULL,
  `invited_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `sent_at` datetime(6) NOT NULL,
  `message_count` int(11) NOT NULL,
  `expires_at` datetime(6) NOT NULL,
  `answered_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `answered_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `team_invitation_open` (`merchant_id`,`role`,`open_phone`),
  KEY `team_invitation_sent` (`merchant_id`,`sent_at`),
  KEY `team_invitation_to` (`phone`),
  KEY `team_invitation_over` (`expires_at`),
  CONSTRAINT `team_invitation_role_known` CHECK (`role` in ('MERCHANT_OWNER','MERCHANT_CLERK','RESTOCKER')),
  CONSTRAINT `team_invitation_state_known` CHECK (`state` in ('OPEN','ACCEPTED','DECLINED','WITHDRAWN','EXPIRED')),
  CONSTRAINT `team_invitation_open_phone` CHECK (`open_phone` is not null = (`state` = 'OPEN') and (`open_phone` is null or `open_phone` = `phone`))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `term` (
  `term_key` varchar(32) COLLATE ascii_bin NOT NULL,
  `starts_on` date NOT NULL,
  `ends_before` date DEFAULT NULL,
  `zh` varchar(60) NOT NULL,
  `en` varchar(120) NOT NULL,
  PRIMARY KEY (`term_key`,`starts_on`),
  CONSTRAINT `term_key_known` CHECK (`term_key` in ('CAMPAIGN','GOODS','COUNTY','VILLAGE','HOUSEHOLD','WORKSHOP','DONATION_NETWORK','UNIT_PLATFORM','AGENCY','VOCATIONAL_SUBSIDY')),
  CONSTRAINT `term_ends_after_start` CHECK (`ends_before` is null or `ends_before` > `starts_on`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `tray_good` (
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `slot_code` varchar(8) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `price_fen` bigint(20) NOT NULL,
  `par_level` int(11) NOT NULL,
  `unit_g` int(11) NOT NULL,
  `tolerance_g` int(11) NOT NULL,
  PRIMARY KEY (`cabinet_id`,`slot_code`,`variant_id`),
  CONSTRAINT `tray_good_price_positive` CHECK (`price_fen` > 0),
  CONSTRAINT `tray_good_par_positive` CHECK (`par_level` > 0),
  CONSTRAINT `tray_good_weighs` CHECK (`unit_g` > 0 and `tolerance_g` >= 0 and `tolerance_g` < `unit_g`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `unmasking` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `actor_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `subject_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `purpose` varchar(32) COLLATE ascii_bin NOT NULL,
  `reason` varchar(400) NOT NULL,
  `case_ref` varchar(80) DEFAULT NULL,
  `division_code` varchar(12) COLLATE ascii_bin DEFAULT NULL,
  `on_day` date NOT NULL,
  `day_no` int(11) NOT NULL,
  `at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `unmasking_of_day` (`actor_id`,`on_day`,`day_no`),
  CONSTRAINT `unmasking_purpose_known` CHECK (`purpose` in ('COMPLAINT','DISPUTE','TAX','INSPECTION','PAYOUT_ERROR')),
  CONSTRAINT `unmasking_kind_known` CHECK (`kind` in ('CLAIM_BUYER','ORDER_RECIPIENT','MERCHANT_CONTACT','HOUSEHOLD','PAYEE_ACCOUNT','CERTIFICATION_OBJECTOR'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `user_account` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `phone` varchar(20) COLLATE ascii_bin DEFAULT NULL,
  `display_name` varchar(60) NOT NULL,
  `password_hash` varchar(160) COLLATE ascii_bin DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `deleted_at` datetime(6) DEFAULT NULL,
  `locale` varchar(32) COLLATE ascii_bin DEFAULT NULL,
  `is_elder_mode` tinyint(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `user_account_phone` (`phone`),
  CONSTRAINT `user_account_phone_unless_deleted` CHECK (`phone` is null = (`deleted_at` is not null)),
  CONSTRAINT `user_account_locale_known` CHECK (`locale` in ('ZH_CN','EN'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `van_write_off` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `route_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `reason` varchar(400) NOT NULL,
  `cause_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `content_hash` char(64) COLLATE ascii_bin NOT NULL,
  `requested_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `approval_request_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `requested_at` datetime(6) NOT NULL,
  `decided_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `van_write_off_once` (`route_id`,`cause_key`),
  KEY `van_write_off_of_operator` (`operator_id`,`id`),
  KEY `van_write_off_of_county` (`county_code`,`id`),
  CONSTRAINT `van_write_off_state_known` CHECK (`state` in ('REQUESTED','BOOKED','REJECTED','WITHDRAWN')),
  CONSTRAINT `van_write_off_decided` CHECK (`state` = 'REQUESTED' = (`decided_at` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `van_write_off_line` (
  `write_off_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `variant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `batch_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `best_before_on` date NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `quantity` int(11) NOT NULL,
  `found_units` int(11) NOT NULL,
  PRIMARY KEY (`write_off_id`,`variant_id`,`batch_id`),
  CONSTRAINT `van_write_off_line_units` CHECK (`quantity` > 0 and `found_units` between 0 and `quantity`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `vend` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `paid_at` datetime(6) NOT NULL,
  `begun_at` datetime(6) NOT NULL,
  `check_at` datetime(6) DEFAULT NULL,
  `concluded_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `vend_once` (`order_id`),
  KEY `vend_to_check` (`check_at`),
  KEY `vend_of_operator` (`operator_id`,`id`),
  KEY `vend_of_county` (`county_code`,`id`),
  KEY `vend_of_cabinet` (`cabinet_id`,`id`),
  CONSTRAINT `vend_state_known` CHECK (`state` in ('DELIVERING','DONE','PARTLY_DONE','NOT_DONE')),
  CONSTRAINT `vend_concluded` CHECK (`state` = 'DELIVERING' = (`concluded_at` is null) and `state` = 'DELIVERING' = (`check_at` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `vend_break` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `cabinet_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `operator_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `vend_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `message_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `slot_code` varchar(8) COLLATE ascii_bin NOT NULL,
  `kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `units` int(11) NOT NULL,
  `taken_units` int(11) NOT NULL,
  `found_at` datetime(6) NOT NULL,
  `resolved_at` datetime(6) DEFAULT NULL,
  `resolved_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `note` varchar(200) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `vend_break_once` (`message_id`,`slot_code`,`kind`),
  KEY `vend_break_of_operator` (`operator_id`,`id`),
  KEY `vend_break_of_county` (`county_code`,`id`),
  CONSTRAINT `vend_break_units` CHECK (`units` > 0 and `taken_units` >= 0 and `taken_units` <= `units`),
  CONSTRAINT `vend_break_resolved` CHECK (`resolved_at` is null = (`resolved_by` is null) and `resolved_at` is null = (`note` is null)),
  CONSTRAINT `vend_break_kind_known` CHECK (`kind` in ('LATE_DROP','TOO_MANY','UNASKED','CONTRADICTED','TEST','LATE_OPENING'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `vend_item` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `vend_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `order_line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `slot_code` varchar(8) COLLATE ascii_bin NOT NULL,
  `quantity` int(11) NOT NULL,
  `fen` bigint(20) NOT NULL,
  `command_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `delivered_units` int(11) DEFAULT NULL,
  `told_units` int(11) DEFAULT NULL,
  `is_contradicted` tinyint(1) NOT NULL,
  `occurred_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `vend_item_command` (`command_id`),
  UNIQUE KEY `vend_item_line` (`order_line_id`),
  KEY `vend_item_of_vend` (`vend_id`),
  CONSTRAINT `vend_item_known` CHECK (`state` = 'WAITING' = (`delivered_units` is null)),
  CONSTRAINT `vend_item_units` CHECK (`quantity` > 0 and `fen` >= 0 and coalesce(`delivered_units`,0) >= 0 and coalesce(`delivered_units`,0) <= `quantity`),
  CONSTRAINT `vend_item_state_known` CHECK (`state` in ('WAITING','FINISHED','FAILED','CANNOT_START','EXPIRED','NO_ANSWER','TOO_LATE','WITHHELD'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `village_capacity` (
  `village_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `season_from` date NOT NULL,
  `season_to` date NOT NULL,
  `capacity_g` bigint(20) NOT NULL,
  PRIMARY KEY (`village_code`,`product_id`,`season_from`),
  CONSTRAINT `village_capacity_within` CHECK (`capacity_g` > 0 and `season_to` >= `season_from`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_certificate_flag` (
  `certification_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `since_on` date NOT NULL,
  `flagged_at` datetime(6) NOT NULL,
  PRIMARY KEY (`certification_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_check` (
  `checked_on` date NOT NULL,
  `through_day` date DEFAULT NULL,
  `day_count` int(11) NOT NULL,
  `difference_count` int(11) NOT NULL,
  `finished_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`checked_on`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_close` (
  `month` date NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `cut_off_on` date NOT NULL,
  `review_until` date NOT NULL,
  `cut_off_at` datetime(6) DEFAULT NULL,
  `frozen_through` date DEFAULT NULL,
  `frozen_count` bigint(20) NOT NULL DEFAULT 0,
  `frozen_recognised_fen` bigint(20) NOT NULL DEFAULT 0,
  `recognised_fen` bigint(20) DEFAULT NULL,
  `certified_fen` bigint(20) DEFAULT NULL,
  `content_hash` varchar(64) COLLATE ascii_bin DEFAULT NULL,
  `disagreeing` varchar(600) COLLATE ascii_bin NOT NULL DEFAULT '',
  PRIMARY KEY (`month`),
  KEY `volume_close_in_state` (`state`,`month`),
  CONSTRAINT `volume_close_state_known` CHECK (`state` in ('OPEN','CUT_OFF','IN_REVIEW','LOCKING','LOCKED','PUBLISHED')),
  CONSTRAINT `volume_close_cut_off_told` CHECK (`state` = 'OPEN' = (`cut_off_at` is null)),
  CONSTRAINT `volume_close_hashed_when_locked` CHECK (`state` in ('LOCKED','PUBLISHED') = (`content_hash` is not null)),
  CONSTRAINT `volume_close_disagreeing_while_locking` CHECK (`disagreeing` = '' or `state` = 'LOCKING')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_close_step` (
  `month` date NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `actor_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `at` datetime(6) NOT NULL,
  PRIMARY KEY (`month`,`state`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_county_day` (
  `day` date NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `channel_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `is_certified` tinyint(1) NOT NULL,
  `campaign_code` varchar(40) COLLATE ascii_bin NOT NULL,
  `source` varchar(32) COLLATE ascii_bin NOT NULL,
  `ordered_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `delivered_fen` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `certified_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `declared_fen` bigint(20) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `fact_count` bigint(20) NOT NULL,
  PRIMARY KEY (`day`,`origin_county_code`,`channel_kind`,`is_certified`,`campaign_code`,`source`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_county_month` (
  `month` date NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `channel_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `is_certified` tinyint(1) NOT NULL,
  `campaign_code` varchar(40) COLLATE ascii_bin NOT NULL,
  `source` varchar(32) COLLATE ascii_bin NOT NULL,
  `ordered_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `delivered_fen` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `certified_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `declared_fen` bigint(20) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `fact_count` bigint(20) NOT NULL,
  PRIMARY KEY (`month`,`origin_county_code`,`channel_kind`,`is_certified`,`campaign_code`,`source`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_day` (
  `day` date NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `channel_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `is_certified` tinyint(1) NOT NULL,
  `ordered_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `delivered_fen` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `certified_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `declared_fen` bigint(20) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `fact_count` bigint(20) NOT NULL,
  PRIMARY KEY (`day`,`origin_county_code`,`product_id`,`channel_kind`,`channel_point_id`,`is_certified`),
  KEY `volume_day_of_county` (`origin_county_code`,`day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_difference` (
  `day` date NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `ordered_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `delivered_fen` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `certified_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `declared_fen` bigint(20) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `fact_count` bigint(20) NOT NULL,
  `found_at` datetime(6) NOT NULL,
  PRIMARY KEY (`day`,`origin_county_code`,`product_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_erratum` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `month` date NOT NULL,
  `measure` varchar(32) COLLATE ascii_bin NOT NULL,
  `division_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `published_fen` bigint(20) NOT NULL,
  `correct_fen` bigint(20) NOT NULL,
  `reason` varchar(500) NOT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `number` int(11) DEFAULT NULL,
  `approval_request_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `proposed_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `proposed_at` datetime(6) NOT NULL,
  `decided_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `decided_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `volume_erratum_number` (`month`,`number`),
  CONSTRAINT `volume_erratum_measure_known` CHECK (`measure` in ('ORDERED','PAID','REFUNDED','DELIVERED','RECOGNISED','CERTIFIED','SUBSIDY','DECLARED')),
  CONSTRAINT `volume_erratum_state_known` CHECK (`state` in ('PROPOSED','PUBLISHED','REJECTED','WITHDRAWN')),
  CONSTRAINT `volume_erratum_differs` CHECK (`correct_fen` <> `published_fen`),
  CONSTRAINT `volume_erratum_numbered` CHECK (`state` = 'PUBLISHED' = (`number` is not null)),
  CONSTRAINT `volume_erratum_decided` CHECK (`state` = 'PROPOSED' = (`decided_at` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_erratum_fact` (
  `erratum_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `fact_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`erratum_id`,`fact_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_fact` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `fact_key` varchar(160) COLLATE ascii_bin NOT NULL,
  `source` varchar(32) COLLATE ascii_bin NOT NULL,
  `ordered_fen` bigint(20) NOT NULL DEFAULT 0,
  `paid_fen` bigint(20) NOT NULL DEFAULT 0,
  `refunded_fen` bigint(20) NOT NULL DEFAULT 0,
  `delivered_fen` bigint(20) NOT NULL DEFAULT 0,
  `recognised_fen` bigint(20) NOT NULL DEFAULT 0,
  `quantity` int(11) NOT NULL DEFAULT 0,
  `weight_g` bigint(20) NOT NULL DEFAULT 0,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `channel_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `sale_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `buyer_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `is_certified` tinyint(1) NOT NULL,
  `linkage_agreement_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `event_at` datetime(6) NOT NULL,
  `event_day` date NOT NULL,
  `origin_day` date NOT NULL,
  `recorded_at` datetime(6) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL DEFAULT 0,
  `declared_fen` bigint(20) NOT NULL DEFAULT 0,
  `seller_county_code` varchar(12) COLLATE ascii_bin NOT NULL DEFAULT '',
  `consumption_county_code` varchar(12) COLLATE ascii_bin NOT NULL DEFAULT '',
  `unit_id` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  `campaign_code` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  `certification_id` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  `source_system` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  `source_order_no` varchar(64) COLLATE ascii_bin NOT NULL DEFAULT '',
  `source_line_no` varchar(64) COLLATE ascii_bin NOT NULL DEFAULT '',
  `buyer_key` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  `address_key` varchar(40) COLLATE ascii_bin NOT NULL DEFAULT '',
  `origin_village_code` varchar(12) COLLATE ascii_bin NOT NULL DEFAULT '',
  PRIMARY KEY (`id`),
  UNIQUE KEY `volume_fact_once` (`fact_key`),
  KEY `volume_fact_drill` (`event_day`,`origin_county_code`,`product_id`),
  KEY `volume_fact_of_buyer` (`buyer_key`,`origin_day`),
  KEY `volume_fact_of_merchant` (`merchant_id`,`event_day`),
  KEY `volume_fact_of_point` (`channel_point_id`,`event_day`),
  KEY `volume_fact_of_line` (`source_order_no`,`source_line_no`),
  CONSTRAINT `volume_fact_source_known` CHECK (`source` in ('PLATFORM','DEVICE','PARTNER','IMPORT','DECLARED')),
  CONSTRAINT `volume_fact_channel_known` CHECK (`channel_kind` in ('PAVILION','ZONE','COUNTER','ONLINE','PROCUREMENT','FAIR','UNKNOWN'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_fact_unchecked` (
  `fact_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`fact_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_fact_waiting` (
  `fact_id` varchar(40) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`fact_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_gate` (
  `name` varchar(32) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_line_refund` (
  `line_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `goods_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `reversed_fen` bigint(20) NOT NULL,
  PRIMARY KEY (`line_id`),
  CONSTRAINT `volume_line_refund_within` CHECK (`refunded_fen` >= 0 and `refunded_fen` <= `goods_fen`),
  CONSTRAINT `volume_line_reversal_within` CHECK (`reversed_fen` >= 0 and `reversed_fen` <= `goods_fen`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_matrix_month` (
  `month` date NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `consumption_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `buyer_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `ordered_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `delivered_fen` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `certified_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `declared_fen` bigint(20) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `fact_count` bigint(20) NOT NULL,
  PRIMARY KEY (`month`,`origin_county_code`,`consumption_county_code`,`buyer_kind`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_merchant_month` (
  `month` date NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `seller_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `is_linked` tinyint(1) NOT NULL,
  `ordered_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `delivered_fen` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `certified_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `declared_fen` bigint(20) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `fact_count` bigint(20) NOT NULL,
  PRIMARY KEY (`month`,`merchant_id`,`seller_county_code`,`origin_county_code`,`is_linked`),
  KEY `volume_merchant_month_of_merchant` (`merchant_id`,`month`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_month` (
  `month` date NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `channel_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `is_certified` tinyint(1) NOT NULL,
  `ordered_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `delivered_fen` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `certified_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `declared_fen` bigint(20) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `fact_count` bigint(20) NOT NULL,
  PRIMARY KEY (`month`,`origin_county_code`,`product_id`,`channel_kind`,`is_certified`),
  KEY `volume_month_of_county` (`origin_county_code`,`month`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_month_frozen` (
  `month` date NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `channel_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `is_certified` tinyint(1) NOT NULL,
  `ordered_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `delivered_fen` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `certified_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `declared_fen` bigint(20) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `fact_count` bigint(20) NOT NULL,
  PRIMARY KEY (`month`,`origin_county_code`,`product_id`,`channel_kind`,`is_certified`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_origin_day` (
  `day` date NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `ordered_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `delivered_fen` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `certified_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `declared_fen` bigint(20) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `fact_count` bigint(20) NOT NULL,
  PRIMARY KEY (`day`,`origin_county_code`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_origin_month` (
  `month` date NOT NULL,
  `origin_month` date NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `ordered_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `delivered_fen` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `certified_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `declared_fen` bigint(20) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `fact_count` bigint(20) NOT NULL,
  PRIMARY KEY (`month`,`origin_month`,`origin_county_code`),
  KEY `volume_origin_month_of_origin` (`origin_month`,`month`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_point_day` (
  `day` date NOT NULL,
  `channel_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `sale_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `ordered_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `delivered_fen` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `certified_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `declared_fen` bigint(20) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `fact_count` bigint(20) NOT NULL,
  PRIMARY KEY (`day`,`channel_kind`,`channel_point_id`,`sale_county_code`),
  KEY `volume_point_day_of_point` (`channel_point_id`,`day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_point_month` (
  `month` date NOT NULL,
  `channel_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `channel_point_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `sale_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `ordered_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `delivered_fen` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `certified_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `declared_fen` bigint(20) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `fact_count` bigint(20) NOT NULL,
  PRIMARY KEY (`month`,`channel_kind`,`channel_point_id`,`sale_county_code`,`origin_county_code`),
  KEY `volume_point_month_of_point` (`channel_point_id`,`month`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_product_month` (
  `month` date NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `buyer_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `is_linked` tinyint(1) NOT NULL,
  `ordered_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `delivered_fen` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `certified_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `declared_fen` bigint(20) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `fact_count` bigint(20) NOT NULL,
  PRIMARY KEY (`month`,`origin_county_code`,`product_id`,`buyer_kind`,`is_linked`),
  KEY `volume_product_month_of_product` (`product_id`,`month`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_register` (
  `division_code` varchar(12) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`division_code`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_seller_day` (
  `day` date NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `product_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `channel_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `buyer_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `ordered_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `delivered_fen` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `certified_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `declared_fen` bigint(20) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `fact_count` bigint(20) NOT NULL,
  PRIMARY KEY (`day`,`merchant_id`,`product_id`,`channel_kind`,`buyer_kind`),
  KEY `volume_seller_day_of_merchant` (`merchant_id`,`day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_seller_month` (
  `month` date NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `consumption_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `ordered_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `delivered_fen` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `certified_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `declared_fen` bigint(20) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `fact_count` bigint(20) NOT NULL,
  PRIMARY KEY (`month`,`merchant_id`,`consumption_county_code`),
  KEY `volume_seller_month_of_merchant` (`merchant_id`,`month`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_target` (
  `year` smallint(6) NOT NULL,
  `division_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `channel_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `unit_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `version` int(11) NOT NULL,
  `amount_fen` bigint(20) NOT NULL,
  `set_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `set_at` datetime(6) NOT NULL,
  PRIMARY KEY (`year`,`division_code`,`channel_kind`,`unit_id`,`version`),
  CONSTRAINT `volume_target_positive` CHECK (`amount_fen` > 0),
  CONSTRAINT `volume_target_of_one_kind` CHECK (`channel_kind` = '' or `unit_id` = '')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `volume_unit_month` (
  `month` date NOT NULL,
  `unit_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `buyer_kind` varchar(32) COLLATE ascii_bin NOT NULL,
  `origin_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `consumption_county_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `ordered_fen` bigint(20) NOT NULL,
  `paid_fen` bigint(20) NOT NULL,
  `refunded_fen` bigint(20) NOT NULL,
  `delivered_fen` bigint(20) NOT NULL,
  `recognised_fen` bigint(20) NOT NULL,
  `certified_fen` bigint(20) NOT NULL,
  `subsidy_fen` bigint(20) NOT NULL,
  `declared_fen` bigint(20) NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `weight_g` bigint(20) NOT NULL,
  `fact_count` bigint(20) NOT NULL,
  PRIMARY KEY (`month`,`unit_id`,`buyer_kind`,`origin_county_code`,`consumption_county_code`),
  KEY `volume_unit_month_of_unit` (`unit_id`,`month`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `waybill` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_order_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `carrier` varchar(32) COLLATE ascii_bin NOT NULL,
  `tracking_no` varchar(60) COLLATE ascii_bin DEFAULT NULL,
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `live_of` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `fulfillment_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `asked_at` datetime(6) NOT NULL,
  `voided_at` datetime(6) DEFAULT NULL,
  `void_told_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `waybill_live` (`live_of`),
  UNIQUE KEY `waybill_number` (`merchant_id`,`carrier`,`tracking_no`),
  KEY `waybill_scanned` (`merchant_id`,`tracking_no`),
  KEY `waybill_of_merchant_order` (`merchant_order_id`,`id`),
  KEY `waybill_to_tell` (`state`,`void_told_at`,`id`),
  CONSTRAINT `waybill_state_known` CHECK (`state` in ('ASKED','DRAWN','SHIPPED','VOIDED')),
  CONSTRAINT `waybill_carrier_known` CHECK (`carrier` in ('POST','SF','ZTO','YTO','STO','YUNDA','JT','JD')),
  CONSTRAINT `waybill_drawn` CHECK (`state` in ('ASKED','VOIDED') or `tracking_no` is not null),
  CONSTRAINT `waybill_live_only` CHECK (`state` in ('ASKED','DRAWN') = (`live_of` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `waybill_number` (
  `merchant_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `carrier` varchar(32) COLLATE ascii_bin NOT NULL,
  `tracking_no` varchar(60) COLLATE ascii_bin NOT NULL,
  `waybill_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `added_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `added_at` datetime(6) NOT NULL,
  PRIMARY KEY (`merchant_id`,`carrier`,`tracking_no`),
  UNIQUE KEY `waybill_number_once` (`waybill_id`),
  KEY `waybill_number_free` (`merchant_id`,`carrier`,`waybill_id`,`tracking_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `wire_outage` (
  `began_at` datetime(6) NOT NULL,
  `ended_at` datetime(6) NOT NULL,
  PRIMARY KEY (`began_at`),
  CONSTRAINT `wire_outage_forward` CHECK (`began_at` < `ended_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `zone_contract` (
  `id` varchar(40) COLLATE ascii_bin NOT NULL,
  `host_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `series_id` varchar(40) COLLATE ascii_bin NOT NULL,
  `renews_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `division_code` varchar(12) COLLATE ascii_bin NOT NULL,
  `number` varchar(60) NOT NULL,
  `valid_from` date NOT NULL,
  `valid_to` date NOT NULL,
  `operator_bps` int(11) NOT NULL,
  `terms` varchar(1000) NOT NULL,
  `file_ids` longtext COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`file_ids`)),
  `state` varchar(32) COLLATE ascii_bin NOT NULL,
  `open_series_id` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `proposed_by` varchar(40) COLLATE ascii_bin NOT NULL,
  `idempotency_key` varchar(80) COLLATE ascii_bin NOT NULL,
  `proposed_at` datetime(6) NOT NULL,
  `decided_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `decided_at` datetime(6) DEFAULT NULL,
  `reason` varchar(500) NOT NULL,
  `ended_on` date DEFAULT NULL,
  `ended_by` varchar(40) COLLATE ascii_bin DEFAULT NULL,
  `end_reason` varchar(500) NOT NULL,
  `reminded_days` int(11) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `zone_contract_once` (`proposed_by`,`idempotency_key`),
  UNIQUE KEY `zone_contract_open` (`open_series_id`),
  KEY `zone_contract_of` (`host_id`,`id`),
  KEY `zone_contract_series` (`series_id`,`valid_from`),
  KEY `zone_contract_waiting` (`state`,`id`),
  CONSTRAINT `zone_contract_state_known` CHECK (`state` in ('PROPOSED','AGREED','RETURNED')),
  CONSTRAINT `zone_contract_days` CHECK (`valid_from` <= `valid_to`),
  CONSTRAINT `zone_contract_open_while` CHECK (`open_series_id` is not null = (`state` = 'PROPOSED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
