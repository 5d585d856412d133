/** An expected no: nobody is known by that name, a hold forbids it, it is restricted. */
export class SubjectError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SubjectError';
  }
}
