/** The attributes of users and groups that are kept (RFC 7643): those that an account needs, and no more about anybody. */

export interface ScimAttribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'complex' | 'reference' | 'dateTime';
  readonly isMultiValued?: boolean;
  readonly isRequired?: boolean;
  readonly isCaseExact?: boolean;
  readonly mutability?: 'readOnly' | 'readWrite' | 'immutable';
  readonly isUnique?: boolean;
  /** Always there, whatever is asked for or left out. */
  readonly isAlwaysReturned?: boolean;
  readonly description: string;
  readonly parts?: readonly ScimAttribute[];
}

export interface ScimSchema {
  readonly id: string;
  readonly name: 'User' | 'Group';
  readonly endpoint: '/Users' | '/Groups';
  readonly description: string;
  readonly attributes: readonly ScimAttribute[];
}

const text = (name: string, description: string): ScimAttribute => ({ name, type: 'string', description });

export const USER_SCHEMA: ScimSchema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  endpoint: '/Users',
  description: 'An account of somebody who administers the house',
  attributes: [
    {
      ...text('userName', 'Who they are, here and on record: it stays as long as the account'),
      isRequired: true,
      mutability: 'immutable',
      isUnique: true,
    },
    {
      name: 'name',
      type: 'complex',
      description: 'The parts of their name',
      parts: [
        text('formatted', 'The full name'),
        text('familyName', 'The family name'),
        text('givenName', 'The given name'),
      ],
    },
    text('displayName', 'What they are called'),
    {
      name: 'active',
      type: 'boolean',
      description: 'Whether they may sign in: their sessions and access tokens end where not',
    },
    {
      name: 'emails',
      type: 'complex',
      isMultiValued: true,
      description: 'Addresses',
      parts: [
        text('value', 'The address'),
        text('type', 'work, home or other'),
        { name: 'primary', type: 'boolean', description: 'Whether it is the one to use' },
      ],
    },
    {
      name: 'groups',
      type: 'complex',
      isMultiValued: true,
      mutability: 'readOnly',
      description: 'The groups that they are in',
      parts: [
        { ...text('value', 'Id of the group'), isCaseExact: true },
        { name: '$ref', type: 'reference', description: 'Its address' },
        text('display', 'Its name'),
      ],
    },
  ],
};

export const GROUP_SCHEMA: ScimSchema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  endpoint: '/Groups',
  description: 'A group whose members hold the roles that the configuration gives it',
  attributes: [
    { ...text('displayName', 'What the configuration names it by'), isRequired: true, isUnique: true },
    {
      name: 'members',
      type: 'complex',
      isMultiValued: true,
      description: 'Users: groups within groups are not taken',
      parts: [
        { ...text('value', 'Id of the user'), isCaseExact: true, isRequired: true },
        { name: '$ref', type: 'reference', description: 'Its address' },
        text('display', 'Their name'),
        text('type', 'User'),
      ],
    },
  ],
};

export const SCHEMAS = [USER_SCHEMA, GROUP_SCHEMA] as const;

/** What every resource has beside its own attributes (RFC 7643, section 3.1). */
const COMMON: readonly ScimAttribute[] = [
  { ...text('id', ''), isCaseExact: true, mutability: 'readOnly', isAlwaysReturned: true },
  { ...text('externalId', ''), isCaseExact: true },
  { name: 'schemas', type: 'reference', isMultiValued: true, description: '', isAlwaysReturned: true },
  {
    name: 'meta',
    type: 'complex',
    mutability: 'readOnly',
    description: '',
    parts: [
      { ...text('resourceType', ''), isCaseExact: true },
      { name: 'created', type: 'dateTime', description: '' },
      { name: 'lastModified', type: 'dateTime', description: '' },
      { name: 'location', type: 'reference', description: '' },
      { ...text('version', ''), isCaseExact: true },
    ],
  },
];

export function attributesOf({ attributes }: ScimSchema): readonly ScimAttribute[] {
  return [...COMMON, ...attributes];
}

/** Upper and lower case do not count in names of attributes (RFC 7643, section 2.1). */
export function attributeNamed(
  attributes: readonly ScimAttribute[],
  name: string,
): ScimAttribute | undefined {
  return attributes.find((each) => each.name.toLowerCase() === name.toLowerCase());
}

/** An attribute, or a part of one, found by its path: `name.familyName`, with the schema's id before it or without. */
export interface AttributePath {
  readonly attribute: ScimAttribute;
  readonly part: ScimAttribute | undefined;
}

export function findPath(schema: ScimSchema, path: string): AttributePath | undefined {
  const prefix = `${schema.id}:`.toLowerCase();
  const own = path.toLowerCase().startsWith(prefix) ? path.slice(prefix.length) : path;
  const [name = '', partName, ...rest] = own.split('.');
  const attribute = attributeNamed(attributesOf(schema), name);
  if (attribute === undefined || rest.length > 0) return undefined;
  if (partName === undefined) return { attribute, part: undefined };
  const part = attributeNamed(attribute.parts ?? [], partName);
  return part && { attribute, part };
}

/** As `/Schemas` tells it (RFC 7643, section 7). */
export function describedAttribute(attribute: ScimAttribute): Readonly<Record<string, unknown>> {
  return {
    name: attribute.name,
    type: attribute.type,
    multiValued: attribute.isMultiValued ?? false,
    description: attribute.description,
    required: attribute.isRequired ?? false,
    caseExact: attribute.isCaseExact ?? attribute.type === 'reference',
    mutability: attribute.mutability ?? 'readWrite',
    returned: attribute.isAlwaysReturned ? 'always' : 'default',
    uniqueness: attribute.isUnique ? 'server' : 'none',
    ...(attribute.type === 'reference' ? { referenceTypes: ['User', 'Group'] } : {}),
    ...(attribute.parts ? { subAttributes: attribute.parts.map(describedAttribute) } : {}),
  };
}
