-- Run once, when the database's files are made: the services come as an account of their own, which `migrate.js` lets do what they do.
CREATE USER 'taoyuan_app'@'%' IDENTIFIED BY 'taoyuan_app';
GRANT ALL ON taoyuan.* TO 'taoyuan'@'%' WITH GRANT OPTION;
