-- glance of the same era.
CREATE DATABASE glance DEFAULT CHARACTER SET utf8;
USE glance;

CREATE TABLE images (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  name VARCHAR(255), size BIGINT, status VARCHAR(30) NOT NULL,
  is_public TINYINT(1) NOT NULL, location TEXT,
  created_at DATETIME NOT NULL, updated_at DATETIME, deleted_at DATETIME,
  deleted TINYINT(1) NOT NULL, disk_format VARCHAR(20),
  container_format VARCHAR(20), checksum VARCHAR(32), owner VARCHAR(255),
  min_disk INT NOT NULL, min_ram INT NOT NULL, protected TINYINT(1)
) ENGINE=InnoDB;

INSERT INTO images VALUES
('6ab6a5f0-90bb-4b1c-8a3a-6e1f2a5c0001', 'precise-server', 232718336, 'active', 1, 'file:///var/lib/glance/images/6ab6a5f0-90bb-4b1c-8a3a-6e1f2a5c0001', '2012-09-03 08:11:40', '2012-09-03 08:11:52', NULL, 0, 'qcow2', 'bare', '5a8a2cf0b7a7e0f3c1f2f9b5ad0d9a11', NULL, 0, 0, 0),
('6ab6a5f0-90bb-4b1c-8a3a-6e1f2a5c0002', 'lucid-server', 210239488, 'active', 1, 'http://10.2.116.14:8080/images/lucid.img', '2012-09-03 08:20:02', '2012-09-03 08:20:02', NULL, 0, 'qcow2', 'bare', 'c4f1d1e8b8c9ad1be0b3b7a6a1f5e922', NULL, 0, 0, 0);
