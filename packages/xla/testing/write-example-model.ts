import { writeSavedModel } from '../src/saved-model/write-saved-model.js';
import { exampleModel } from './example-model.js';

/** Writes the example model into the folder that the command line names, for `check-saved-model.py`. */
await writeSavedModel(process.argv[2] as string, exampleModel);
