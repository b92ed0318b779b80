import protobuf from 'protobufjs/light.js';

type FieldText = `${'' | 'repeated '}${string} ${string} = ${number}`;

/** "repeated Vertex vertexes = 1", as the .proto files write it, to protobufjs' own description. */
function message(...fields: FieldText[]): { fields: Record<string, { type: string; id: number; rule?: string }> } {
  const described = fields.map((field) => {
    const match = /^(repeated )?(\S+) (\S+) = (\d+)$/.exec(field);
    const [, repeated, type = '', name = '', id] = match ?? [];
    return [name, { type, id: Number(id), ...(repeated === undefined ? {} : { rule: 'repeated' }) }] as const;
  });
  return { fields: Object.fromEntries(described) };
}

/**
 * The messages that we speak with BuildKit, by its public definitions: api/services/control/control.proto,
 * solver/pb/ops.proto and session/auth/auth.proto of moby/buildkit. Fields that we do not read are left out, which
 * protobuf allows. Described here rather than read from files, so that a bundle needs none.
 */
const root = protobuf.Root.fromJSON({
  nested: {
    StatusResponse: message(
      'repeated Vertex vertexes = 1',
      'repeated VertexStatus statuses = 2',
      'repeated VertexLog logs = 3',
      'repeated VertexWarning warnings = 4'
    ),
    Vertex: message(
      'string digest = 1',
      'repeated string inputs = 2',
      'string name = 3',
      'bool cached = 4',
      'Timestamp started = 5',
      'Timestamp completed = 6',
      'string error = 7'
    ),
    VertexStatus: message('string ID = 1', 'string vertex = 2', 'int64 current = 4', 'int64 total = 5'),
    VertexLog: message('string vertex = 1', 'bytes msg = 4'),
    VertexWarning: message('bytes short = 3', 'string url = 5', 'repeated Range ranges = 7'),
    Range: message('Position start = 1'),
    Position: message('int32 line = 1'),
    Timestamp: message('int64 seconds = 1', 'int32 nanos = 2'),
    CredentialsRequest: message('string Host = 1'),
    CredentialsResponse: message('string Username = 1', 'string Secret = 2')
  }
});

/** Messages by name; `decode` throws on bytes that are no such message. */
export const statusResponse = root.lookupType('StatusResponse');
export const credentialsRequest = root.lookupType('CredentialsRequest');
export const credentialsResponse = root.lookupType('CredentialsResponse');
