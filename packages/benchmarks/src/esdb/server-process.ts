// A protocol server in a process of its own; tells on its first line where it listens, and ends with its parent.
import { startProtocolServer } from '@mandate/eventstoredb/testing';

void startProtocolServer().then((server) => {
  console.log(server.connectionString());
});
