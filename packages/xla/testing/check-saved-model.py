"""Checks that Python's TensorFlow reads what we write: its two loaders, and what the model does there.

Not part of the test run, since it needs Python. From the root of the repository:

    python3 -m venv ./tensorflow && ./tensorflow/bin/pip install tensorflow-cpu==2.21.0
    pnpm exec tsx --conditions=@whereabouts/source packages/xla/testing/write-example-model.ts ./example-model
    ./tensorflow/bin/python packages/xla/testing/check-saved-model.py ./example-model
"""

import sys

import numpy as np
import tensorflow as tf

folder = sys.argv[1]
x = np.array([[1, 2]], np.float32)
weight = np.array([[0.1, -0.2, 0.3], [0.4, -0.5, 0.6]], np.float32)  # as in example-model.ts


def expect(actual, expected):
    np.testing.assert_allclose(actual, expected, rtol=1e-6)


def predicted(weight):
    return np.exp(x @ weight) + 1


# TensorFlow 2: the initialiser ran, and signatures share the variable.
model = tf.saved_model.load(folder)
assert set(model.signatures) == {"predict", "assign", "fetch"}, set(model.signatures)
predict, assign, fetch = (model.signatures[name] for name in ("predict", "assign", "fetch"))
expect(predict(x=tf.constant(x))["y"], predicted(weight))
assign(weight=tf.constant(2 * weight))
expect(fetch()["weight"], 2 * weight)
expect(predict(x=tf.constant(x))["y"], predicted(2 * weight))

# A second load has a variable of its own.
other = tf.saved_model.load(folder)
expect(other.signatures["fetch"]()["weight"], weight)
expect(fetch()["weight"], 2 * weight)

# TensorFlow 1: tensors by the names that the signatures hold.
with tf.compat.v1.Session(graph=tf.Graph()) as session:
    signatures = tf.compat.v1.saved_model.load(session, ["serve"], folder).signature_def
    taken = {key: info.name for key, info in signatures["predict"].inputs.items()}
    given = {key: info.name for key, info in signatures["predict"].outputs.items()}
    expect(session.run(given["y"], {taken["x"]: x}), predicted(weight))
    session.run(signatures["assign"].outputs["done"].name, {"new:0": 2 * weight})
    expect(session.run(given["y"], {taken["x"]: x}), predicted(2 * weight))

print("Python's TensorFlow", tf.__version__, "reads", folder)
