-- How people want to be spoken to.

-- Null while nobody has said: then what the device says, else Chinese.
ALTER TABLE user_account ADD COLUMN locale VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE user_account ADD CONSTRAINT user_account_locale_known CHECK (locale IN ('ZH_CN', 'EN'));

-- Large type, few words, big buttons: clients read it.
ALTER TABLE user_account ADD COLUMN is_elder_mode BOOLEAN NOT NULL DEFAULT FALSE;
