-- Where the money is to go, as an applicant has said. The number is sealed; it goes with an application that comes to nothing, and to the merchant's account with one that is approved.

CREATE TABLE IF NOT EXISTS merchant_application_account (
  application_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_name VARCHAR(120) NOT NULL,
  bank_name VARCHAR(120) NOT NULL,
  bank_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The bank's CNAPS number; NULL where it was not said.
  number_cipher VARBINARY(255) NULL, -- AES-256-GCM: nonce, tag, number; bound to the application's id. NULL once the merchant's account has it.
  key_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  last_four VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  said_at DATETIME(6) NOT NULL,
  PRIMARY KEY (application_id),
  CONSTRAINT merchant_application_account_sealed CHECK ((number_cipher IS NULL) = (key_id IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
