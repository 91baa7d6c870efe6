-- keystone of the same era: an endpoint's URLs stand as JSON in "extra".
CREATE DATABASE keystone DEFAULT CHARACTER SET utf8;
USE keystone;

CREATE TABLE service (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  type VARCHAR(255), extra TEXT
) ENGINE=InnoDB;

CREATE TABLE endpoint (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  region VARCHAR(255), service_id VARCHAR(64) NOT NULL, extra TEXT,
  FOREIGN KEY (service_id) REFERENCES service (id)
) ENGINE=InnoDB;

INSERT INTO service VALUES
('a1c0e6d2f7f84f3f9c1b0a5d5b3e0001', 'compute', '{"name": "nova", "description": "OpenStack Compute Service"}'),
('a1c0e6d2f7f84f3f9c1b0a5d5b3e0002', 'volume', '{"name": "volume", "description": "OpenStack Volume Service"}'),
('a1c0e6d2f7f84f3f9c1b0a5d5b3e0003', 'image', '{"name": "glance", "description": "OpenStack Image Service"}'),
('a1c0e6d2f7f84f3f9c1b0a5d5b3e0004', 'identity', '{"name": "keystone", "description": "OpenStack Identity"}'),
('a1c0e6d2f7f84f3f9c1b0a5d5b3e0005', 'ec2', '{"name": "ec2", "description": "EC2 Service"}');

INSERT INTO endpoint VALUES
('b2d1f7e308095a40ad2c1b6e6c4f0001', 'nova', 'a1c0e6d2f7f84f3f9c1b0a5d5b3e0001', '{"adminurl": "http://10.2.116.14:8774/v2/$(tenant_id)s", "internalurl": "http://10.2.116.14:8774/v2/$(tenant_id)s", "publicurl": "http://10.2.116.14:8774/v2/$(tenant_id)s"}'),
('b2d1f7e308095a40ad2c1b6e6c4f0002', 'nova', 'a1c0e6d2f7f84f3f9c1b0a5d5b3e0002', '{"adminurl": "http://10.2.116.14:8776/v1/$(tenant_id)s", "internalurl": "http://10.2.116.14:8776/v1/$(tenant_id)s", "publicurl": "http://10.2.116.14:8776/v1/$(tenant_id)s"}'),
('b2d1f7e308095a40ad2c1b6e6c4f0003', 'nova', 'a1c0e6d2f7f84f3f9c1b0a5d5b3e0003', '{"adminurl": "http://10.2.116.14:9292/v1", "internalurl": "http://10.2.116.14:9292/v1", "publicurl": "http://10.2.116.14:9292/v1"}'),
('b2d1f7e308095a40ad2c1b6e6c4f0004', 'nova', 'a1c0e6d2f7f84f3f9c1b0a5d5b3e0004', '{"adminurl": "http://10.2.116.14:35357/v2.0", "internalurl": "http://10.2.116.14:5000/v2.0", "publicurl": "http://10.2.116.14:5000/v2.0"}'),
('b2d1f7e308095a40ad2c1b6e6c4f0005', 'nova', 'a1c0e6d2f7f84f3f9c1b0a5d5b3e0005', '{"adminurl": "http://10.2.116.14:8773/services/Admin", "internalurl": "http://10.2.116.14:8773/services/Cloud", "publicurl": "http://10.2.116.14:8773/services/Cloud"}');

-- Another region's image service, at an address that only looks alike.
INSERT INTO endpoint VALUES
('b2d1f7e308095a40ad2c1b6e6c4f0006', 'branch', 'a1c0e6d2f7f84f3f9c1b0a5d5b3e0003', '{"adminurl": "http://10.2.116.140:9292/v1", "internalurl": "http://110.2.116.14:9292/v1", "publicurl": "http://10.2.116.140:9292/v1"}');
