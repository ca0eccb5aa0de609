-- Who may act: users, how they prove it, their sessions, and their roles within a division or a merchant.

CREATE TABLE IF NOT EXISTS user_account (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  phone VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  display_name VARCHAR(60) NOT NULL,
  password_hash VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Signs in by one-time code until a password is set.
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY user_account_phone (phone)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS sign_in_code (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  phone VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code_hash BINARY(32) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  failed_attempts INT NOT NULL DEFAULT 0,
  consumed_at DATETIME(6) NULL, -- Until used; a code signs in once.
  PRIMARY KEY (id),
  KEY sign_in_code_latest (phone, created_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS session (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  refresh_hash BINARY(32) NOT NULL,
  previous_refresh_hash BINARY(32) NULL, -- Of the token before the last rotation: seen again, the session was stolen.
  created_at DATETIME(6) NOT NULL,
  refreshed_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  revoked_at DATETIME(6) NULL, -- While the session lives.
  user_agent VARCHAR(200) NULL, -- Not every client says.
  PRIMARY KEY (id),
  UNIQUE KEY session_refresh (refresh_hash),
  KEY session_previous_refresh (previous_refresh_hash),
  KEY session_of_user (user_id, created_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS membership (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  scope_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  scope_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- A division code, a merchant id, or '*' for the platform.
  created_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL, -- While it is in force.
  PRIMARY KEY (id),
  UNIQUE KEY membership_once (user_id, role, scope_kind, scope_id),
  CONSTRAINT membership_scope_known CHECK (scope_kind IN ('PLATFORM', 'DIVISION', 'MERCHANT'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS audit_entry (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Nobody is signed in yet when a sign-in fails.
  act VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  detail JSON NULL, -- Not every act needs more words.
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY audit_entry_of_subject (subject, at),
  KEY audit_entry_of_actor (actor_id, at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
