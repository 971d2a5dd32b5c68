#!/usr/bin/env node
import { runProvider } from "../server";
import { commandProvider } from "./provider";

void runProvider(commandProvider);
