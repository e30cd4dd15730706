#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_record.py [PROGRAM]: what encoderscope_record writes is what the encoder computed; PROGRAM (the built
`encoderscope`) opens it. Needs PyTorch, which Debian has as python3-torch: exit code 77 where there is none. With
`transformers` its models are recorded too. ENCODERSCOPE_TORCH_PYTHON may name a Python that has them."""
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SKIPPED = 77
HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parents[2] / "app" / "python"
sys.path.insert(0, str(PACKAGE))
try:
    import numpy as np
    import torch
except ImportError as error:
    other = os.environ.get("ENCODERSCOPE_TORCH_PYTHON", "/usr/bin/python3")
    if os.path.exists(other) and "ENCODERSCOPE_TORCH_TRIED" not in os.environ:
        os.environ["ENCODERSCOPE_TORCH_TRIED"] = other
        os.execv(other, [other] + sys.argv)
    print(f"SKIPPED: the recorder needs PyTorch and numpy: {error}")
    sys.exit(SKIPPED)
try:
    import transformers
except ImportError:
    transformers = None

import small_encoders as small  # noqa: E402
from encoderscope_record import RecordingError, record  # noqa: E402

PROGRAM = os.path.abspath(sys.argv.pop()) if len(sys.argv) > 1 and os.path.exists(sys.argv[-1]) else None
TEXT = "the 🐈 cat sat there"


def read(path):
    """(tensors, metadata) of a safetensors file."""
    data = Path(path).read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + length])
    metadata = header.pop("__metadata__")
    types = {"F32": np.float32, "I64": np.int64}
    tensors = {name: np.frombuffer(data[8 + length + one["data_offsets"][0]:8 + length + one["data_offsets"][1]],
                                   types[one["dtype"]]).reshape(one["shape"]) for name, one in header.items()}
    return tensors, metadata


class RecordingTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "run.safetensors")

    def tearDown(self):
        self.folder.cleanup()

    def recorded(self, model, text=TEXT, text_b=None, **options):
        record(model, options.pop("tokenizer", small.words), text, self.path, text_b, **options)
        return read(self.path)

    def same(self, found, expected, name):
        expected = expected.detach().numpy()
        self.assertEqual(found.shape, expected.shape, name)
        self.assertLess(float(np.abs(found - expected).max()), 1e-5, name)
        self.assertGreater(float(np.abs(expected).max()), 1e-3, name)


class OfAnyModule(RecordingTest):
    def check_kept(self, model, tensors, layers):
        """Every tensor of a layer is one that the model kept, and the other way round."""
        for index, kept in enumerate(model.kept):
            stem = f"layer.{index + 1}."
            recorded = {name[len(stem):] for name in tensors if name.startswith(stem)}
            self.assertEqual(recorded, set(kept))
            for name, values in kept.items():
                self.same(tensors[stem + name], values, stem + name)
        self.assertEqual(len(model.kept), layers)
        self.assertNotIn(f"layer.{layers + 1}.output", tensors)

    def test_every_part_is_what_the_layer_computed(self):
        model = small.Encoder()
        model.train()
        tensors, metadata = self.recorded(model)
        self.check_kept(model, tensors, 3)
        ids = small.words(TEXT)["input_ids"]
        self.assertEqual(tensors["tokens.ids"].tolist(), ids)
        self.same(tensors["embedding.output"], model.embedding(torch.tensor(ids)), "embedding")
        config = json.loads(metadata["config"])
        self.assertEqual(config, {"d_model": 12, "layers": 3, "heads": 3, "activation": "gelu"})
        self.assertEqual(metadata["scores"], "scaled dot product")
        self.assertEqual(metadata["format"], "encoderscope trace")
        self.assertNotIn("output", tensors)
        # The model is as it was before.
        self.assertTrue(all(module.training for module in model.modules()))
        self.assertFalse(any(module._forward_hooks or module._forward_pre_hooks for module in model.modules()))

    def test_gate_shared_keys_and_scores_of_another_kind(self):
        model = small.Encoder(small.GatedLayer, layers=2, final_norm=True)
        tensors, metadata = self.recorded(model)
        self.check_kept(model, tensors, 2)
        self.assertNotIn("scores", metadata)
        self.assertNotIn("activation", json.loads(metadata["config"]))
        self.same(tensors["output"], model.norm(model.kept[-1]["output"]), "output")

    def test_a_layer_that_is_called_several_times_is_several_layers(self):
        model = small.Encoder(layers=1, times=4)
        tensors, metadata = self.recorded(model)
        self.check_kept(model, tensors, 4)
        self.assertEqual(json.loads(metadata["config"])["layers"], 4)

    def test_an_activation_that_is_not_known_is_not_said(self):
        model = small.Encoder(lambda: small.Layer(lambda x: torch.relu(x) ** 2))
        tensors, metadata = self.recorded(model)
        self.check_kept(model, tensors, 3)
        self.assertNotIn("activation", json.loads(metadata["config"]))

    def test_scores_that_are_not_divided_and_position_biases_are_said(self):
        for divides in (False, True):
            for shared in (True, False):
                with self.subTest(divides=divides, shared=shared):
                    model = small.biased_encoder(shared, divides=divides)
                    tensors, metadata = self.recorded(model)
                    self.check_kept(model, {name: one for name, one in tensors.items()
                                            if name != "attention.relative_bias"}, 3)
                    expected = {"d_model": 12, "layers": 3, "heads": 3, "head_width": 5, "activation": "gelu",
                                "relative_buckets": 8, "relative_greatest": 6}
                    if not divides:
                        expected["divides_scores"] = False
                    if not shared:
                        expected["relative_bias_by_layer"] = True
                    self.assertEqual(json.loads(metadata["config"]), expected)
                    self.assertEqual(metadata["scores"], "scaled dot product")
                    tables = [layer.attention.relative_attention_bias.weight for layer in model.layers]
                    self.same(tensors["attention.relative_bias"], tables[0] if shared else torch.cat(tables), "bias")

    def test_nothing_is_said_of_scores_that_could_be_divided_or_not(self):
        def one_word(text, _=None):
            return {"input_ids": [3]}
        for model in (small.Encoder(), small.biased_encoder()):
            tensors, metadata = self.recorded(model, tokenizer=one_word)
            self.assertNotIn("scores", metadata)
            self.assertNotIn("attention.relative_bias", tensors)
        model = small.biased_encoder()
        model.config.relative_attention_max_distance = 4  # not what it computes with
        tensors, metadata = self.recorded(model)
        self.assertNotIn("scores", metadata)
        self.assertNotIn("relative_buckets", json.loads(metadata["config"]))

    def test_pytorchs_own_layers(self):
        for options in ({}, {"norm_first": True}, {"activation": "gelu"}):
            with self.subTest(options):
                model = small.PlainEncoder(**options)
                tensors, metadata = self.recorded(model)
                self.assertEqual(metadata["scores"], "scaled dot product")
                self.assertNotIn("forward", model.encoder.layers[0].self_attn.__dict__)
                x = torch.from_numpy(tensors["embedding.output"].copy())[None]
                for index, layer in enumerate(model.eval().encoder.layers):
                    stem = f"layer.{index + 1}."
                    read_by_attention = layer.norm1(x) if options.get("norm_first") else x
                    output, weights = layer.self_attn(read_by_attention, read_by_attention, read_by_attention,
                                                      average_attn_weights=False)
                    self.same(tensors[stem + "attention.weights"], weights[0], "weights")
                    self.same(tensors[stem + "attention.output"], output[0], "output")
                    with torch.enable_grad():  # not by the fast path
                        x = layer(x)
                    self.same(tensors[stem + "output"], x[0], "hidden state")
                    expanded = torch.from_numpy(tensors[stem + "feed_forward.expanded"].copy())
                    self.same(tensors[stem + "feed_forward.activation"], layer.activation(expanded), "activation")

    def test_tokens_are_described(self):
        _, metadata = self.recorded(small.Encoder(), text_b="it was")
        tokens = json.loads(metadata["tokens"])
        self.assertEqual(tokens[0], {"piece": "[CLS]", "special": True})
        # Characters outside of the first 65,536 count twice.
        self.assertEqual(tokens[2], {"piece": "🐈", "begin": 4, "end": 6, "text": "🐈"})
        self.assertEqual(tokens[3], {"piece": "cat", "begin": 7, "end": 10, "text": "cat"})
        self.assertEqual(tokens[6], {"piece": "it", "begin": 0, "end": 2, "text": "it", "sentence": "b"})
        self.assertEqual((metadata["text"], metadata["text_b"]), (TEXT, "it was"))

    def test_weights_can_be_left_out(self):
        tensors, metadata = self.recorded(small.Encoder(), weights=False)
        self.assertNotIn("layer.1.attention.weights", tensors)
        self.assertEqual(metadata["scores"], "scaled dot product")  # it was seen all the same

    def test_what_cannot_be_recorded_is_said(self):
        for model, options, message in (
                (torch.nn.Embedding(9, 4), {}, "no list of layers"),
                (small.Encoder(), {"layers": "stages"}, "\"stages\""),
                (small.Encoder(), {"tokenizer": lambda text: {"input_ids": []}}, "no tokens"),
                (small.Encoder(times=0), {}, "of the 3 layers in \"layers\" 0 were called")):
            with self.subTest(message):
                with self.assertRaisesRegex(RecordingError, message):
                    self.recorded(model, **options)
                self.assertFalse(os.listdir(self.folder.name))

    def test_a_file_that_cannot_be_written_leaves_nothing(self):
        with self.assertRaises(OSError):
            record(small.Encoder(), small.words, TEXT, os.path.join(self.folder.name, "none", "run.safetensors"))
        Path(self.path).write_text("before")
        with self.assertRaises(RecordingError):
            self.recorded(small.Encoder(), layers="nowhere")
        self.assertEqual(Path(self.path).read_text(), "before")
        os.mkdir(os.path.join(self.folder.name, "a folder"))
        with self.assertRaises(OSError):
            record(small.Encoder(), small.words, TEXT, os.path.join(self.folder.name, "a folder"))
        self.assertEqual(sorted(os.listdir(self.folder.name)), ["a folder", "run.safetensors"])

    @unittest.skipUnless(torch.distributed.is_available(), "this PyTorch has no torch.distributed")
    def test_two_processes_write_what_one_writes(self):
        alone, _ = self.recorded(small.Encoder())
        script = HERE / "two_processes.py"
        for way in ("same", "neurons"):
            with self.subTest(way):
                os.unlink(self.path)
                meeting = os.path.join(self.folder.name, way)
                processes = [subprocess.Popen([sys.executable, str(script), way, self.path, TEXT], text=True,
                                              stderr=subprocess.PIPE,
                                              env={**os.environ, "OMP_NUM_THREADS": "1", "RANK": str(rank),
                                                   "WORLD_SIZE": "2", "INIT_METHOD": "file://" + meeting})
                             for rank in range(2)]
                for process in processes:
                    _, errors = process.communicate(timeout=240)
                    self.assertEqual(process.returncode, 0, errors[-3000:])
                together, _ = read(self.path)
                self.assertEqual(set(together), set(alone))
                for name, values in alone.items():
                    self.assertEqual(values.shape, together[name].shape, name)
                    self.assertLess(float(np.abs(values - together[name]).max()), 1e-5, name)


@unittest.skipUnless(PROGRAM, "no program was named")
class Program(RecordingTest):
    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=120,
                              env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})

    def test_the_program_shows_what_was_recorded(self):
        tensors, _ = self.recorded(small.Encoder(small.GatedLayer), name="someone's/encoder")
        csv = os.path.join(self.folder.name, "a.csv")
        result = self.run_program("figure", "attention", "--trace", self.path, "--layer", "2", "--head", "3",
                                  "--output", csv)
        self.assertEqual(result.returncode, 0, result.stderr)
        lines = [line.split(",") for line in Path(csv).read_text().splitlines() if not line.startswith("#")]
        found = np.array([[float(one) for one in line[1:]] for line in lines[1:]])
        self.assertLess(float(np.abs(found - tensors["layer.2.attention.weights"][2]).max()), 1e-5)
        result = self.run_program("figure", "attention", "--trace", self.path, "--quantity", "scaled-scores",
                                  "--output", csv)
        self.assertEqual(result.returncode, 1)
        self.assertIn("attention scores", result.stderr)

    def test_the_program_does_not_divide_what_the_model_does_not(self):
        csv, svg = (os.path.join(self.folder.name, name) for name in ("a.csv", "a.svg"))
        for divides in (False, True):
            with self.subTest(divides=divides):
                tensors, _ = self.recorded(small.biased_encoder(divides=divides))
                query, key = (tensors["layer.2.attention." + name][:, 5:10] for name in ("query", "key"))
                table, n = tensors["attention.relative_bias"], len(query)
                bias = [[table[small.BiasedAttention.row(j - i), 1] for j in range(n)] for i in range(n)]
                expected = query @ key.T / (np.sqrt(5) if divides else 1) + np.array(bias)
                for output in (csv, svg):
                    result = self.run_program("figure", "attention", "--trace", self.path, "--quantity", "scaled-scores",
                                              "--layer", "2", "--head", "2", "--output", output)
                    self.assertEqual(result.returncode, 0, result.stderr)
                lines = [line.split(",") for line in Path(csv).read_text().splitlines() if not line.startswith("#")]
                found = np.array([[float(one) for one in line[1:]] for line in lines[1:]])
                self.assertLess(float(np.abs(found - expected).max()), 1e-4)
                self.assertEqual("not divided" in Path(svg).read_text(), not divides)


@unittest.skipUnless(transformers, "transformers is not installed")
class OfTransformers(RecordingTest):
    SIZES = {"vocab_size": 50, "hidden_size": 12, "num_hidden_layers": 3, "num_attention_heads": 3,
             "intermediate_size": 30, "max_position_embeddings": 40, "pad_token_id": 0}
    OTHERS = {
        "T5EncoderModel": ("T5Config", {"vocab_size": 50, "d_model": 12, "d_kv": 5, "d_ff": 30, "num_layers": 3,
                                        "num_heads": 3}),
        "UMT5EncoderModel": ("UMT5Config", {"vocab_size": 50, "d_model": 12, "d_kv": 5, "d_ff": 30, "num_layers": 3,
                                            "num_heads": 3}),
        "MPNetModel": ("MPNetConfig", SIZES),
        "BartModel": ("BartConfig", {"vocab_size": 50, "d_model": 12, "encoder_layers": 3, "decoder_layers": 1,
                                     "encoder_attention_heads": 3, "decoder_attention_heads": 3,
                                     "encoder_ffn_dim": 30, "decoder_ffn_dim": 30, "pad_token_id": 0,
                                     "bos_token_id": 1, "eos_token_id": 2, "decoder_start_token_id": 2,
                                     "forced_eos_token_id": None, "max_position_embeddings": 40}),
        "ModernBertModel": ("ModernBertConfig", {**SIZES, "bos_token_id": 1, "eos_token_id": 2, "cls_token_id": 1,
                                                 "sep_token_id": 2, "local_attention": 4}),
        "DebertaV2Model": ("DebertaV2Config", {**SIZES, "relative_attention": True, "position_buckets": 8,
                                               "pos_att_type": ["c2p", "p2c"], "share_att_key": True}),
        "BertForSequenceClassification": ("BertConfig", SIZES),
        "AlbertModel": ("AlbertConfig", {**SIZES, "embedding_size": 6}),
        "RoFormerModel": ("RoFormerConfig", SIZES),
    }

    def test_hidden_states_and_weights_are_those_that_the_model_reports(self):
        for name, (config, sizes) in self.OTHERS.items():
            if not hasattr(transformers, name):
                continue
            with self.subTest(name):
                torch.manual_seed(3)
                model = getattr(transformers, name)(getattr(transformers, config)(**sizes)).eval()
                tensors, metadata = self.recorded(model)
                if hasattr(model, "set_attn_implementation"):
                    model.set_attn_implementation("eager")
                encoder = model.get_encoder() if model.config.is_encoder_decoder else model
                with torch.no_grad():
                    output = encoder(input_ids=torch.from_numpy(tensors["tokens.ids"].copy())[None],
                                     output_hidden_states=True, output_attentions=True, return_dict=True)
                self.assertEqual(len(output.hidden_states), 4)
                self.same(tensors["embedding.output"], output.hidden_states[0][0], "embedding")
                for layer in (1, 2):
                    self.same(tensors[f"layer.{layer}.output"], output.hidden_states[layer][0], "hidden state")
                self.same(tensors.get("output", tensors["layer.3.output"]), output.hidden_states[3][0], "output")
                for layer in (1, 2, 3):
                    stem = f"layer.{layer}."
                    self.same(tensors[stem + "attention.weights"], output.attentions[layer - 1][0], "weights")
                    self.assertEqual(tensors[stem + "feed_forward.activation"].shape[1], 30)
                    self.assertEqual(tensors[stem + "attention.query"].shape[1],
                                     15 if "T5" in name else 12)
                # Rotary positions and disentangled scores are not q·k alone; T5's are with its bias.
                self.assertEqual("scores" in metadata, name in ("BartModel", "BertForSequenceClassification",
                                                                "AlbertModel", "T5EncoderModel", "UMT5EncoderModel",
                                                                "MPNetModel"), name)
                said = json.loads(metadata["config"])
                self.assertEqual(said.get("divides_scores", True), "T5" not in name)
                self.assertEqual("relative_buckets" in said, "T5" in name or name == "MPNetModel")
                self.assertEqual(said.get("relative_bias_by_layer", False), name == "UMT5EncoderModel")
                if name == "BertForSequenceClassification":
                    self.same(tensors["classes.logits"], output.logits[0], "logits")


if __name__ == "__main__":
    unittest.main()
