/** An expected no: nobody is known by that name, a hold or a restriction is in the way, or it cannot be used. */
export class SubjectError extends Error {
  readonly kind: 'unknown' | 'in_the_way' | 'unusable';
  constructor(message: string, kind: SubjectError['kind'] = 'in_the_way') {
    super(message);
    this.name = 'SubjectError';
    this.kind = kind;
  }
}
