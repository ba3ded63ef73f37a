"""Opens exported folders in timm and in transformers, and compares what they say of pictures with what Whereabouts said."""

import json
import sys
from pathlib import Path

import timm
import torch
import transformers
from PIL import Image
from safetensors.torch import load_file


def by_timm(folder, picture):
    model = timm.create_model(f"local-dir:{folder}", pretrained=True).eval()
    transform = timm.data.create_transform(**timm.data.resolve_model_data_config(model))
    return model(transform(picture)[None]).softmax(-1)[0], model.pretrained_cfg["label_names"]


def by_transformers(folder, picture):
    model = transformers.AutoModelForImageClassification.from_pretrained(folder).eval()
    processor = transformers.AutoImageProcessor.from_pretrained(folder)
    logits = model(**processor(picture, return_tensors="pt")).logits
    return logits.softmax(-1)[0], [model.config.id2label[index] for index in range(logits.shape[-1])]


def features_by_timm(folder, picture):
    model = timm.create_model(f"local-dir:{folder}", pretrained=True, num_classes=0).eval()
    transform = timm.data.create_transform(**timm.data.resolve_model_data_config(model))
    return model(transform(picture)[None])[0]


def features_by_transformers(folder, picture):
    model = transformers.AutoModel.from_pretrained(folder).eval()
    processor = transformers.AutoImageProcessor.from_pretrained(folder)
    return model(**processor(picture, return_tensors="pt")).last_hidden_state[0, 0]


def compare_features(folder, files):
    ours = load_file(folder / "features.safetensors")["features"]
    worst = {"timm": 0.0, "transformers": 0.0}
    for file, features in zip(files, ours, strict=True):
        picture = Image.open(file).convert("RGB")
        for library, opened in (("timm", features_by_timm), ("transformers", features_by_transformers)):
            worst[library] = max(worst[library], float((opened(folder, picture) - features).abs().max()))
    return worst


@torch.no_grad()
def main():
    transformers.utils.logging.disable_progress_bar()
    transformers.utils.logging.set_verbosity_error()
    print(f"timm {timm.__version__}, transformers {transformers.__version__}, PyTorch {torch.__version__}")
    print("largest difference of a probability, or of a feature where there are no classes")
    for folder in sorted(Path(sys.argv[1]).iterdir()):
        said = json.loads((folder / "whereabouts.json").read_text())
        worst = {"timm": 0.0, "transformers": 0.0}
        if "files" in said:
            worst = compare_features(folder, said["files"])
        for prediction in said.get("predictions", []):
            picture = Image.open(prediction["file"]).convert("RGB")
            ours = {found["class"]: found["probability"] for found in prediction["classes"]}
            for library, opened in (("timm", by_timm), ("transformers", by_transformers)):
                theirs, names = opened(folder, picture)
                difference = max(abs(ours[name] - float(value)) for name, value in zip(names, theirs, strict=True))
                worst[library] = max(worst[library], difference)
        print(f"{said['name']:28} timm {worst['timm']:.6f}   transformers {worst['transformers']:.6f}", flush=True)


main()
