"""Makes a tiny encoder of BERT's form with random weights, and what ONNX Runtime and Hugging Face's tokenizers make of some texts.

    pip install onnx==1.23.2 onnxruntime==1.32.0 tokenizers==0.23.3 numpy==2.4.6
    python encoder.py        # writes encoder/ beside this file

The weights and the vocabulary come from a seed and from the sentences below; nothing is downloaded.
"""

import json
import pathlib

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

FOLDER = pathlib.Path(__file__).parent / "encoder"
WIDTH, HEADS, LAYERS, INNER, POSITIONS = 16, 2, 2, 32, 48
EPSILON = 1e-12

CORPUS = [
    "Open Settings, then Security, and choose Reset password. We send you a link by e-mail.",
    "I am sorry, but I cannot help with that. Please ask your doctor, who knows you.",
    "Der Vertrag endet am 31. Dezember, wenn ihn niemand kündigt. Größe, Straße, Übermaß.",
    "Le résumé dit que l'élève était déjà là. Ça va, merci; à bientôt à l'hôtel.",
    "שלום, מה שלומך היום? אני מקווה שהכול בסדר. תודה רבה על העזרה.",
    "お問い合わせありがとうございます。設定を開いて、パスワードを変更してください。",
    "请打开设置，然后选择安全，再重置密码。谢谢您的来信。",
    "Спасибо за вопрос. Откройте настройки и сбросьте пароль.",
    "Great work 🎉 thank you 🙏 see you soon 🙂 👍 ❤️ 🚀",
]

TEXTS = [
    "Open Settings, then Security.",
    "",
    "   \n\t ",
    "I'm SORRY, but I can't help with that...",
    "Größe und Übermaß, déjà là, naïve café",
    "Great work 🎉🎉 thank you 👩‍👩‍👧‍👦 🙂 👍🏽 🇮🇱",
    "שלום, מה שלומך? שָׁלוֹם עם ניקוד",
    "设置密码，然后重置。",
    "パスワードを変更してください。ｶﾀｶﾅ ＡＢＣ１２３",
    "Спасибо за вопрос!",
    "mixed שלום 密码 🙂 und Straße",
    "a\u0301bc zero\u200bwidth soft\u00adhyphen nbsp\u00a0here \u0000 nul",
    "unbelievably-long-compound_word(with)[brackets]{and}punctuation!?;:",
    "ﬁne ligature ½ ² ™ ℃ Ⅳ",
    "x" * 150,
    "Open Settings, then Security, and choose Reset password. " * 20,
    "密码" * 60,
    "[CLS] special [SEP] tokens [MASK] in a text [PAD]",
]


def tokenizer() -> Tokenizer:
    made = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=100))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    made.train_from_iterator(CORPUS, trainers.WordPieceTrainer(vocab_size=600, special_tokens=special, show_progress=False))
    mark = {token: made.token_to_id(token) for token in special}
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", mark["[CLS]"]), ("[SEP]", mark["[SEP]"])],
    )
    return made


def network(words: int) -> onnx.ModelProto:
    random = np.random.default_rng(7)
    weights, nodes = [], []

    def constant(name, value):
        weights.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def weight(name, *shape, scale=0.4):
        return constant(name, (scale * random.standard_normal(shape)).astype(np.float32))

    def node(kind, inputs, output, **attributes):
        nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def linear(x, name, into, out):
        product = node("MatMul", [x, weight(f"{name}.weight", into, out)], f"{name}.product")
        return node("Add", [product, weight(f"{name}.bias", out, scale=0.1)], f"{name}.out")

    def normalised(x, name):
        scale = constant(f"{name}.scale", (1 + 0.1 * random.standard_normal(WIDTH)).astype(np.float32))
        return node("LayerNormalization", [x, scale, weight(f"{name}.shift", WIDTH, scale=0.1)], f"{name}.out", axis=-1, epsilon=EPSILON)

    zero, one, two = (constant(f"int.{i}", np.array(i, dtype=np.int64)) for i in range(3))
    first = constant("axes.1", np.array([1], dtype=np.int64))
    both = constant("axes.12", np.array([1, 2], dtype=np.int64))
    heads = constant("shape.heads", np.array([0, 0, HEADS, WIDTH // HEADS], dtype=np.int64))
    joined = constant("shape.joined", np.array([0, 0, WIDTH], dtype=np.int64))

    length = node("Gather", [node("Shape", ["input_ids"], "shape"), one], "length", axis=0)
    positions = node("Range", [zero, length, one], "positions")
    word = node("Gather", [weight("words", words, WIDTH, scale=1.0), "input_ids"], "word")
    kind = node("Gather", [weight("kinds", 2, WIDTH), "token_type_ids"], "kind")
    place = node("Gather", [weight("places", POSITIONS, WIDTH), positions], "place")
    x = normalised(node("Add", [node("Add", [word, kind], "sum.1"), place], "sum.2"), "embedded")

    mask = node("Cast", ["attention_mask"], "mask.float", to=TensorProto.FLOAT)
    absent = node("Sub", [constant("float.1", np.float32(1)), mask], "mask.absent")
    penalty = node("Mul", [absent, constant("float.least", np.float32(-1e9))], "mask.penalty")
    mask = node("Unsqueeze", [penalty, both], "mask")

    for layer in range(LAYERS):
        name = f"layer{layer}"
        parts = {}
        for part in ("query", "key", "value"):
            split = node("Reshape", [linear(x, f"{name}.{part}", WIDTH, WIDTH), heads], f"{name}.{part}.split")
            parts[part] = node("Transpose", [split], f"{name}.{part}.heads", perm=[0, 2, 3, 1] if part == "key" else [0, 2, 1, 3])
        likeness = node("MatMul", [parts["query"], parts["key"]], f"{name}.likeness")
        scaled = node("Div", [likeness, constant(f"{name}.root", np.float32(np.sqrt(WIDTH // HEADS)))], f"{name}.scaled")
        share = node("Softmax", [node("Add", [scaled, mask], f"{name}.masked")], f"{name}.share", axis=-1)
        seen = node("Transpose", [node("MatMul", [share, parts["value"]], f"{name}.seen")], f"{name}.back", perm=[0, 2, 1, 3])
        attended = linear(node("Reshape", [seen, joined], f"{name}.joined"), f"{name}.attended", WIDTH, WIDTH)
        x = normalised(node("Add", [x, attended], f"{name}.residual"), f"{name}.middle")
        inner = linear(x, f"{name}.inner", WIDTH, INNER)
        rooted = node("Div", [inner, constant(f"{name}.sqrt2", np.float32(np.sqrt(2)))], f"{name}.rooted")
        gate = node("Add", [node("Erf", [rooted], f"{name}.erf"), "float.1"], f"{name}.gate")
        gelu = node("Mul", [node("Mul", [inner, gate], f"{name}.gated"), constant(f"{name}.half", np.float32(0.5))], f"{name}.gelu")
        outer = linear(gelu, f"{name}.outer", INNER, WIDTH)
        x = normalised(node("Add", [x, outer], f"{name}.sum"), f"{name}.last")
    node("Identity", [x], "last_hidden_state")

    ids = [helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "sequence"]) for n in ("input_ids", "attention_mask", "token_type_ids")]
    out = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "sequence", WIDTH])
    used = {i for n in nodes for i in n.input}
    graph = helper.make_graph(nodes, "tiny", ids, [out], [w for w in weights if w.name in used])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="plaudit")
    onnx.checker.check_model(model)
    return model


def unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "1_Pooling").mkdir(exist_ok=True)
    made = tokenizer()
    made.enable_truncation(POSITIONS)
    made.save(str(FOLDER / "tokenizer.json"), pretty=False)
    model = network(made.get_vocab_size())
    onnx.save(model, str(FOLDER / "model.onnx"))
    write = lambda name, value: (FOLDER / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
    write("config.json", {"model_type": "bert", "hidden_size": WIDTH, "max_position_embeddings": POSITIONS, "pad_token_id": 0})
    write("1_Pooling/config.json", {"word_embedding_dimension": WIDTH, "pooling_mode_mean_tokens": True})

    session = onnxruntime.InferenceSession(str(FOLDER / "model.onnx"), providers=["CPUExecutionProvider"])
    expected = []
    for text in TEXTS:
        ids = np.array([made.encode(text).ids], dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (hidden,) = session.run(None, feeds)
        rounded = lambda vector: [round(float(value), 6) for value in unit(vector)]
        expected.append({"text": text, "ids": ids[0].tolist(), "mean": rounded(hidden[0].mean(axis=0)), "cls": rounded(hidden[0, 0])})
    lines = ",\n".join(json.dumps(one, ensure_ascii=True) for one in expected)
    (FOLDER / "expected.json").write_text(f"[\n{lines}\n]\n")


main()
